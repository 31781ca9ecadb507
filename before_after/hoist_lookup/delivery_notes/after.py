"""A delivery note lists what an order has, by columns of two tables of which one has a label."""

from sqlalchemy import func

from shop.models import Order, OrderLine, Product


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def delivery_notes(session):
    notes = {}
    orders = session.query(Order).order_by(Order.id).all()
    order_lines = {}
    for order_ids in _chunks(order.id for order in orders):
        for order_line in (
            session.query(OrderLine.quantity.label("pieces"), Product.name, OrderLine.order_id)
            .join(Product, Product.id == OrderLine.product_id)
            .filter(OrderLine.order_id.in_(order_ids))
            .order_by(OrderLine.position, OrderLine.id)
        ):
            order_lines.setdefault(order_line.order_id, []).append(order_line)
    for position, order in enumerate(orders):
        lines = order_lines.get(order.id, [])
        notes[position, order.number] = [f"{line.pieces} x {line.name}" for line in lines]
    return notes


def first_placed(session):
    days = {}
    orders = session.query(Order).order_by(Order.id).all()
    positions = {}
    for order_ids in _chunks(order.id for order in orders):
        for order_line in (
            session.query(OrderLine.order_id, func.max(OrderLine.position).label("last"))
            .filter(OrderLine.order_id.in_(order_ids))
            .group_by(OrderLine.order_id)
        ):
            positions[order_line.order_id] = order_line
    for order in orders:
        newest = positions.get(order.id)
        days[order.number] = newest.last if newest else None
    return days
