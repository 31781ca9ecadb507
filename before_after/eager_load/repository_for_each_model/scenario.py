from shop_typed.models import Order

MODELS = "shop_typed"


def scenario(module, session):
    return module.front_page(session)


def sizes(session):
    keys = session.query(Order.customer_id).filter(Order.customer_id.isnot(None)).distinct()
    return {"customers": keys.count()}


def other(sizes):
    return 1
