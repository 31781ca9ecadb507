"""A delivery note lists what an order has, by columns of two tables of which one has a label."""

from shop.models import Order, OrderLine, Product


def delivery_notes(session):
    notes = {}
    orders = session.query(Order).order_by(Order.id).all()
    for position, order in enumerate(orders):
        lines = (
            session.query(OrderLine.quantity.label("pieces"), Product.name)
            .join(Product, Product.id == OrderLine.product_id)
            .filter(OrderLine.order_id == order.id)
            .order_by(OrderLine.position, OrderLine.id)
            .all()
        )
        notes[position, order.number] = [f"{line.pieces} x {line.name}" for line in lines]
    return notes


def first_placed(session):
    days = {}
    for order in session.query(Order).order_by(Order.id):
        newest = (
            session.query(OrderLine.position.label("last"))
            .filter(OrderLine.order_id == order.id)
            .order_by(OrderLine.position.desc())
            .first()
        )
        days[order.number] = newest.last if newest else None
    return days
