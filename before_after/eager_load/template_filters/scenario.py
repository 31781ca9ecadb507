from shop.models import Order

MODELS = "shop"


def scenario(module, session):
    return module.shown(session)


def sizes(session):
    keys = session.query(Order.customer_id).filter(Order.customer_id.isnot(None))
    return {"customers": keys.distinct().count()}
