from shop.models import Order, OrderStatus

MODELS = "shop"


def scenario(module, session):
    return module.unpaid(session), module.cancelled(session)


def statements(sizes):
    return sizes["before"], sizes["after"]


def sizes(session):
    before = after = 0
    for status in (OrderStatus.NEW, OrderStatus.CANCELLED):
        orders = session.query(Order).filter(Order.status == status).all()
        keys = {order.customer_id for order in orders} - {None}
        before += 1 + len(keys)
        after += 1 + bool(keys)
    return {"before": before, "after": after, "customers": before - 2}
