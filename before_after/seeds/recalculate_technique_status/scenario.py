from soc.models import Technique

MODELS = "soc"
MODULE = "status_service"
RULES = ("eager-load",)
FIXED = False


def scenario(module, session):
    statuses = [module.on_test_validated(session, key) for key in (1, 2, 3, 4)]
    return [status and status.value for status in statuses]


def sizes(session):
    return {"known": session.query(Technique).filter(Technique.id.in_([1, 2, 3, 4])).count()}


def statements(sizes):
    return 4 + sizes["known"], 4 + sizes["known"]
