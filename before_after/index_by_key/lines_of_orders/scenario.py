MODELS = "shop_typed"
SAVES = "time"


def scenario(module, session):
    return module.quantities(session)
