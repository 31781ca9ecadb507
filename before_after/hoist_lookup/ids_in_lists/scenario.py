from shop.models import Order


def scenario(module, session):
    return module.overview(session)


def sizes(session):
    orders = session.query(Order).count()
    return {"orders": orders, "ids": orders}
