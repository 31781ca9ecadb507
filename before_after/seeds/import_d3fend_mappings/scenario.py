from soc.models import DefensiveTechnique, Technique

MODELS = "soc"
MODULE = "d3fend_import_service"
RULES = ("hoist-lookup",)


def scenario(module, session):
    return module.import_d3fend_mappings(session)


def sizes(session):
    techniques = session.query(Technique).count()
    defenses = {key for (key,) in session.query(DefensiveTechnique.d3fend_id)}
    pairs = [
        (i, (i * k) % 40)
        for i in range(1, min(techniques, 59) + 1)
        for k in range(1, i % 4 + 2)
        if f"D3-{(i * k) % 40}" in defenses
    ]
    return {"d3fend_ids": len(pairs), "id_and_ids": len(set(pairs))}


def other(sizes):
    return 2
