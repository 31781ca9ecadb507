# pyproject: database = []
"""Not every database compares several columns at once."""

from shop.models import OrderLine


def at(session, line: OrderLine):
    return (
        session.query(OrderLine)
        .filter(OrderLine.order_id == line.order_id, OrderLine.position == line.position)
        .one_or_none()
    )


def same(session):
    lines = session.query(OrderLine).order_by(OrderLine.id).all()
    return [at(session, line) for line in lines]  # review: batch-helper (row-values)
