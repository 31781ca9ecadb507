REQUIRES = {"sqlalchemy": "2.0"}
FLUSHES = False


def scenario(module, session):
    return module.switch_off(session)


def statements(sizes):
    return 1, 0
