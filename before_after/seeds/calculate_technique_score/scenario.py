from soc.models import DetectionRule, Technique

MODELS = "soc"
MODULE = "scoring_service"
RULES = ("merge-queries",)


def scenario(module, session):
    techniques = session.query(Technique).order_by(Technique.id).limit(5).all()
    return [module.calculate_technique_score(technique, session) for technique in techniques]


def sizes(session):
    asked = techniques = 0
    for technique in session.query(Technique).order_by(Technique.id).limit(5):
        rules = session.query(DetectionRule).filter(
            DetectionRule.mitre_technique_id == technique.mitre_id, DetectionRule.is_active
        )
        asked += 5 if rules.count() else 4
        techniques += 1
    return {"asked": asked, "techniques": techniques}


def statements(sizes):
    return 1 + sizes["asked"], 1 + 2 * sizes["techniques"]
