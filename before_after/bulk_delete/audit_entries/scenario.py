from datetime import datetime

REQUIRES = {"sqlalchemy": "2.0"}
FLUSHES = False


def scenario(module, session):
    return module.forget(session, datetime(2100, 1, 1))


def statements(sizes):
    return 2, 1
