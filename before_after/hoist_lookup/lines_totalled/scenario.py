from shop.models import Order


def scenario(module, session):
    return module.sizes_of_orders(session)


def sizes(session):
    orders = session.query(Order).count()
    return {"orders": orders, "ids": orders}
