from soc.models import DetectionRule, Technique

MODELS = "soc"
MODULE = "snapshot_service"
RULES = ("batch-helper",)


def scenario(module, session):
    return module.create_snapshot(session)


def sizes(session):
    ruled = {
        mitre_id
        for (mitre_id,) in session.query(DetectionRule.mitre_technique_id).filter(
            DetectionRule.is_active
        )
    }
    asked = [5 if row.mitre_id in ruled else 4 for row in session.query(Technique)]
    return {"before": sum(asked), "after": max(asked, default=0)}


def statements(sizes):
    return 2 + sizes["before"], 2 + sizes["after"]
