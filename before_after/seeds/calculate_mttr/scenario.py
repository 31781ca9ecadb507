from soc.models import Test

MODELS = "soc"
MODULE = "operational_metrics_service"
RULES = ("hoist-lookup",)


def scenario(module, session):
    return module.calculate_mttr(session)


def sizes(session):
    tests = (
        session.query(Test)
        .filter(Test.remediation_status == "completed", Test.red_validated_at.isnot(None))
        .count()
    )
    return {"tests": tests, "entity_ids": tests}
