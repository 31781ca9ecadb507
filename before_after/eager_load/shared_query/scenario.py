from shop.models import Order


def scenario(module, session):
    return module.page(session, 15, 1)


def other(sizes):
    return 1


def sizes(session):
    found = session.query(Order).filter(Order.total > 3).order_by(Order.id)
    keys = {order.customer_id for order in found.limit(15).offset(15)}
    return {"customers": len(keys - {None})}
