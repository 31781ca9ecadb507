REQUIRES = {"sqlalchemy": "2.0"}
FLUSHES = False


def scenario(module, session):
    return module.switch_off(session, 1)


def statements(sizes):
    return 2, 1
