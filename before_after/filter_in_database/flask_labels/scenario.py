MODELS = "shop_flask"


def scenario(module, session):
    return sorted(module.titles()), module.page(4)
