MODELS = "shop_typed"


def scenario(module, session):
    return module.tag(session, ["tag", "new words", "words", "other words", "new words"])


def statements(sizes):
    return 5, 1
