MODELS = "shop_typed"


def scenario(module, session):
    return module.open_orders(session), module.open_orders(session, 1), module.how_many(session)
