from shop.models import Order, OrderStatus


def scenario(module, session):
    return module.report(session)


def sizes(session):
    live = session.query(Order).filter(Order.status != OrderStatus.CANCELLED)
    return {"orders": live.count(), "ids": live.count()}
