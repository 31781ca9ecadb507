from soc.models import Technique

MODELS = "soc"
MODULE = "osint_enrichment_service"
RULES = ("hoist-lookup", "batch-helper")
FIXED = False


def scenario(module, session):
    return module.enrich_all_techniques(session)


def sizes(session):
    return {"techniques": session.query(Technique).count()}


def statements(sizes):
    # A commit expires the techniques that are still to come.
    sent = 1 + 10 * sizes["techniques"] + max(0, sizes["techniques"] - 1)
    return sent, sent
