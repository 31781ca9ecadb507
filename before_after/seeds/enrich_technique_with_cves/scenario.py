from soc.models import Technique

MODELS = "soc"
MODULE = "osint_enrichment_service"
RULES = ("like-lookup",)


def scenario(module, session):
    technique = session.query(Technique).filter(Technique.id == 1).first()
    return module.enrich_technique_with_cves(session, technique) if technique else None


def sizes(session):
    found = session.query(Technique).filter(Technique.id == 1).count()
    return {"vulns": 10 * found, "techniques": found}


def statements(sizes):
    # The name is read before anything is written, and the key is not read after the commit.
    return 1 + sizes["vulns"], 1 + sizes["techniques"]
