from shop.models import Order


def scenario(module, session):
    return module.labels(session)


def sizes(session):
    keys = {order.customer_id for order in session.query(Order)}
    return {"orders": session.query(Order).count(), "customer_ids": len(keys - {None})}
