"""The loop changes the list, or the column by which it is searched."""

from shop.models import Order, OrderLine


def moved(session):
    orders = session.query(Order).all()
    lines = session.query(OrderLine).all()
    for order in orders:
        for line in [line for line in lines if line.order_id == order.id]:  # found: index-by-key (rows-unchanged)
            line.order_id = order.id + 1


def taken(session):
    orders = session.query(Order).all()
    lines = session.query(OrderLine).all()
    found = []
    for order in orders:
        found.append([line.id for line in lines if line.order_id == order.id])  # found: index-by-key (rows-unchanged)
        lines.pop()
    return found


def taken_under_another_name(session):
    orders = session.query(Order).all()
    lines = session.query(OrderLine).all()
    rest = lines
    found = []
    for order in orders:
        found.append([line.id for line in lines if line.order_id == order.id])  # found: index-by-key (rows-unchanged)
        rest.pop()
    return found


def taken_one_by_one(session, keys):
    lines = session.query(OrderLine).all()
    found = []
    for line in (next((line for line in lines if line.order_id == key), None) for key in keys):
        found.append(line)
        lines.pop()
    return found
