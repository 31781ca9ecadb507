from shop.models import Order


def scenario(module, session):
    module.open_store(session)
    return module.customer_names()


def sizes(session):
    keys = session.query(Order.customer_id).filter(Order.customer_id.isnot(None))
    return {"customers": keys.distinct().count()}
