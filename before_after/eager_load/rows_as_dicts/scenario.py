from shop_typed.models import Order, OrderLine

MODELS = "shop_typed"


def scenario(module, session):
    return module.export(session)


def sizes(session):
    return {"orders": session.query(Order).count()}
