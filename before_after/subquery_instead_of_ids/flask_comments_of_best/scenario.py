MODELS = "shop_flask"


def scenario(module, session):
    return module.comments(), module.commented("x")


def statements(sizes):
    return 4, 2
