from shop.models import OrderLine


def scenario(module, session):
    return module.shares(session)


def sizes(session):
    lines = session.query(OrderLine).count()
    orders = session.query(OrderLine.order_id).distinct().count()
    return {"order_lines": lines, "order_ids": orders}
