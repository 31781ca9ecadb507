from shop_typed.models import Order

MODELS = "shop_typed"


def scenario(module, session):
    return module.shown(session)


def sizes(session):
    keys = session.query(Order.customer_id).filter(Order.customer_id.isnot(None))
    return {"customers": keys.distinct().count()}
