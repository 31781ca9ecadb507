from soc.models import Technique

MODELS = "soc"
MODULE = "osint_enrichment_service"
RULES = ("like-lookup",)


def scenario(module, session):
    return module.enrich_all_techniques(session)


def sizes(session):
    return {"techniques": session.query(Technique).count()}


def statements(sizes):
    # A commit expires the techniques that are still to come.
    rest = max(0, sizes["techniques"] - 1)
    return 1 + 10 * sizes["techniques"] + rest, 1 + sizes["techniques"] + rest
