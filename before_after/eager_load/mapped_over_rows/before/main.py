"""A function is mapped over the rows."""

from sqlalchemy import select

from shop.models import OrderLine


def picking(line):
    """What to take from which shelf."""
    return line.quantity, line.product.name if line.product else "?"


def picking_list(session):
    lines = session.execute(select(OrderLine).order_by(OrderLine.id)).scalars()
    return list(map(picking, lines))
