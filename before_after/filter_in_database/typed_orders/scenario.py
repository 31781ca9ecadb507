from datetime import date

MODELS = "shop_typed"


def scenario(module, session):
    found = module.since(session, date(2024, 2, 28)), module.buyers(session)
    return found, [order.id for order in module.open_orders(session)]
