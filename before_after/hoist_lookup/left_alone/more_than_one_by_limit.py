"""LIMIT lets more than one row come, which raises, or nobody knows how many."""

from sqlalchemy import select

from shop.models import Customer, Order


def only_orders(session):
    found = {}
    for customer in session.query(Customer).order_by(Customer.id).all():
        found[customer.email] = session.scalars(  # found: hoist-lookup (keys-known-before)
            select(Order).where(Order.customer_id == customer.id).order_by(Order.id).limit(2)
        ).one_or_none()
    return found


def some_orders(session, number: int):
    found = {}
    for customer in session.query(Customer).order_by(Customer.id).all():
        found[customer.email] = session.scalar(  # found: hoist-lookup (keys-known-before)
            select(Order).where(Order.customer_id == customer.id).order_by(Order.id).limit(number)
        )
    return found


def any_order(session):
    found = {}
    for customer in session.query(Customer).order_by(Customer.id).all():
        found[customer.email] = session.scalar(  # review: hoist-lookup (row-determined)
            select(Order).where(Order.customer_id == customer.id).limit(1)
        )
    return found


def any_that_there_is(session):
    found = {}
    for customer in session.query(Customer).order_by(Customer.id).all():
        found[customer.email] = session.scalars(  # found: hoist-lookup (keys-known-before)
            select(Order).where(Order.customer_id == customer.id).order_by(Order.id).limit(1)
        ).one()
    return found
