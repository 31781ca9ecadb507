from soc.models import DefensiveTechniqueMapping, Technique

MODELS = "soc"
MODULE = "d3fend_import_service"
RULES = ("eager-load",)


def scenario(module, session):
    return module.get_defenses_for_technique(session, "T1006")


def sizes(session):
    found = (
        session.query(DefensiveTechniqueMapping.defensive_technique_id)
        .join(Technique, Technique.id == DefensiveTechniqueMapping.attack_technique_id)
        .filter(Technique.mitre_id == "T1006")
    )
    return {
        "known": session.query(Technique).filter(Technique.mitre_id == "T1006").count(),
        "defensive_techniques": len({key for (key,) in found}),
    }


def statements(sizes):
    loaded = sizes["defensive_techniques"]
    return 1 + sizes["known"] + loaded, 1 + sizes["known"] + bool(loaded)
