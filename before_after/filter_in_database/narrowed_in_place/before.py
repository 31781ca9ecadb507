"""A list gets the name of what is left of it: rows without a customer, the first few, and states."""

from sqlalchemy import select

from shop.models import Order, Tag


def without_customer(session):
    orders = session.query(Order).order_by(Order.id).all()
    # those of the desk
    orders = [order for order in orders if order.customer_id is None]
    return [order.number for order in orders]


def most_used(session):
    tags = session.scalars(select(Tag).order_by(Tag.uses.desc(), Tag.id)).all()
    tags = tags[:3]
    return [tag.name for tag in tags]


def states(session):
    orders = session.query(Order).all()
    orders = {order.status for order in orders}
    return sorted(state.name for state in orders)
