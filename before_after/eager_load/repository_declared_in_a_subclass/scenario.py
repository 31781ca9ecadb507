from shop.models import Order


def scenario(module, session):
    return module.OrderService(module.Orders(session)).emails()


def sizes(session):
    keys = {key for (key,) in session.query(Order.customer_id) if key is not None}
    return {"customers": len(keys)}
