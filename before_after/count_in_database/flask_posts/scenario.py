MODELS = "shop_flask"


def scenario(module, session):
    return module.dashboard(1), module.dashboard(2)
