from shop.models import Order


def scenario(module, session):
    return module.labels(session)


def sizes(session):
    keys = session.query(Order.customer_id).filter(Order.customer_id.isnot(None))
    return {"orders": session.query(Order).count(), "customers": keys.distinct().count()}
