"""A join repeats customers, and a LIMIT counts each time; an inner join of a load does not."""

from sqlalchemy.orm import joinedload

from shop.models import Customer, Order


def first_buyers(session):
    customers = session.query(Customer).join(Customer.orders).order_by(Customer.id)
    return customers.all()[:2]  # found: filter-in-database (rows-not-repeated)


def of_conditions(session, conditions):
    return session.query(Order).filter(*conditions).order_by(Order.id).all()[:2]  # review: filter-in-database (rows-not-repeated)


def with_lines(session):
    orders = session.query(Order).options(joinedload(Order.lines, innerjoin=True))
    return orders.order_by(Order.id).all()[:2]  # found: filter-in-database (same-rows)


def with_options(session, options):
    orders = session.query(Order).options(*options)
    return orders.order_by(Order.id).all()[:2]  # review: filter-in-database (same-rows)
