from soc.models import DetectionRule, Technique

MODELS = "soc"
MODULE = "scoring_service"
RULES = ("batch-helper",)


def scenario(module, session):
    return module.calculate_tactic_score("execution", session)


def sizes(session):
    ruled = {
        mitre_id
        for (mitre_id,) in session.query(DetectionRule.mitre_technique_id).filter(
            DetectionRule.is_active
        )
    }
    asked = [
        5 if row.mitre_id in ruled else 4
        for row in session.query(Technique).filter_by(tactic="execution")
    ]
    return {"before": sum(asked), "after": max(asked, default=0)}


def statements(sizes):
    return 1 + sizes["before"], 1 + sizes["after"]
