from soc.models import DetectionRule, Technique

MODELS = "soc"
MODULE = "scoring_service"
RULES = ("batch-helper",)


def scenario(module, session):
    return module.calculate_organization_score(session)


def sizes(session):
    ruled = {
        mitre_id
        for (mitre_id,) in session.query(DetectionRule.mitre_technique_id).filter(
            DetectionRule.is_active
        )
    }
    asked = [
        5 if row.mitre_id in ruled else 4
        for row in session.query(Technique).filter_by(is_critical=True)
    ]
    return {"before": sum(asked), "after": max(asked, default=0)}


def statements(sizes):
    return 2 + sizes["before"], 2 + sizes["after"]
