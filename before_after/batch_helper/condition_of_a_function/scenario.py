from sqlalchemy import func

from shop.models import Order, OrderLine


def scenario(module, session):
    return module.sizes_of(session, [key for (key,) in session.query(Order.id).order_by(Order.id)])


def large(session):
    lines = session.query(OrderLine.order_id).group_by(OrderLine.order_id)
    return lines.having(func.count() >= 2).count()


def sizes(session):
    orders = session.query(Order).count()
    return {"order_ids": orders, "distinct_order_ids": orders, "large": large(session)}


def statements(sizes):
    orders, some = sizes["order_ids"], sizes["large"]
    return 1 + orders + some, 1 + bool(orders) + bool(some)
