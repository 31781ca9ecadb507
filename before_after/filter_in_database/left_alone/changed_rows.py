"""Rows that are changed where nothing flushes."""

from shop.models import Order


def without_address(session, order_id):
    order = session.get(Order, order_id)
    with session.no_autoflush:
        order.address_id = None
        orders = session.query(Order).order_by(Order.id)
        return [o.number for o in orders if o.address_id is None]  # found: filter-in-database (as-stored)


def unflushed(session):
    with session.no_autoflush:
        orders = session.query(Order).order_by(Order.id)
        return [o.number for o in orders if o.address_id is None]  # review: filter-in-database (as-stored)
