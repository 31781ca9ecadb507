from soc.models import Test

MODELS = "soc"
MODULE = "test_workflow_service"
RULES = ("merge-queries",)


def scenario(module, session):
    keys = [key for (key,) in session.query(Test.id).order_by(Test.id).limit(6)]
    return [module.get_retest_chain(session, key) for key in [*keys, -1]]


def sizes(session):
    return {"tests": min(6, session.query(Test).count())}


def statements(sizes):
    # A test that is not there is looked for once.
    return 1 + 3 * sizes["tests"] + 1, 1 + 2 * sizes["tests"] + 1
