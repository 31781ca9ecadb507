from shop.models import Order


def scenario(module, session):
    return module.newest(session)


def sizes(session):
    orders = session.query(Order).order_by(Order.placed_on.desc(), Order.id).limit(10).all()
    keys = {order.customer_id for order in orders} - {None}
    return {"orders": len(orders), "customer_ids": len(keys)}
