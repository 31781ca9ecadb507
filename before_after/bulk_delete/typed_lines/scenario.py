MODELS = "shop_typed"
REQUIRES = {"sqlalchemy": "2.0"}
FLUSHES = False


def scenario(module, session):
    return module.tidy(session, 1), module.tidy(session, 2, least=1)


def statements(sizes):
    return 4, 2
