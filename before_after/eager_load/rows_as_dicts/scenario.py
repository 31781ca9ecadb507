from shop.models import Order, OrderLine

MODELS = "shop"


def scenario(module, session):
    return module.export(session)


def sizes(session):
    return {"orders": session.query(Order).count()}
