MODELS = "shop_typed"


def scenario(module, session):
    return module.tag(session, ["tag", "new", "words", "word", "new", "50%_"])


def statements(sizes):
    return 5, 1
