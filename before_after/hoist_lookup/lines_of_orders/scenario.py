from shop.models import Order


def scenario(module, session):
    return module.lines(session)


def sizes(session):
    orders = session.query(Order).filter(Order.total.isnot(None)).count()
    return {"orders": orders, "ids": orders}
