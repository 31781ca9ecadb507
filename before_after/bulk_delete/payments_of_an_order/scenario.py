REQUIRES = {"sqlalchemy": "2.0"}
FLUSHES = False


def scenario(module, session):
    return module.undo(session, 1)


def statements(sizes):
    return 2, 1
