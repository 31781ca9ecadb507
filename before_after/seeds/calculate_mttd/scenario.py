from soc.models import Test, TestState

MODELS = "soc"
MODULE = "operational_metrics_service"
RULES = ("hoist-lookup",)


def scenario(module, session):
    return module.calculate_mttd(session)


def sizes(session):
    tests = session.query(Test).filter(Test.state == TestState.validated).count()
    return {"tests": tests, "entity_ids": tests}
