"""A list gets the name of what is left of it: rows without a customer, the first few, and states."""

from sqlalchemy import select

from shop.models import Order, Tag


def without_customer(session):
    # those of the desk
    orders = session.query(Order).order_by(Order.id).filter(Order.customer_id.is_(None)).all()
    return [order.number for order in orders]


def most_used(session):
    tags = session.scalars(select(Tag).order_by(Tag.uses.desc(), Tag.id).limit(3)).all()
    tags = tags[:3]
    return [tag.name for tag in tags]


def states(session):
    orders = {status for (status,) in session.query(Order.status).distinct()}
    return sorted(state.name for state in orders)
