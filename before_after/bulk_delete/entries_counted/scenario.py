from datetime import datetime

REQUIRES = {"sqlalchemy": "2.0"}
FLUSHES = False


def scenario(module, session):
    first = module.forget(session, datetime(2000, 1, 1))
    second = module.forget(session, datetime(2100, 1, 1))
    return first, second, module.forget_rest(session, 5)


def statements(sizes):
    return 3, 0
