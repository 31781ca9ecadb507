from shop.models import Order


def scenario(module, session):
    return module.by_position(session), module.by_keyword(session)


def sizes(session):
    orders = session.query(Order)
    customers = orders.filter(Order.customer_id.isnot(None)).with_entities(Order.customer_id)
    return {"orders": orders.count(), "customer_ids": customers.distinct().count()}
