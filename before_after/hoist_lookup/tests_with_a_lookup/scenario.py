from shop.models import Order


def scenario(module, session):
    return module.of_regulars(session), module.complete(session)


def sizes(session):
    keys = [key for (key,) in session.query(Order.customer_id) if key is not None]
    customers = len(set(keys))
    return {"orders": len(keys), "order_ids": len(keys), "customer_ids": customers, "ids": customers}
