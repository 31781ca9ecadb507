"""An eager load by an inner join leaves out orders without a customer; a count has them."""

from sqlalchemy.orm import joinedload

from shop.models import Order


def with_customer(session):
    orders = session.query(Order).options(joinedload(Order.customer, innerjoin=True))
    return len(orders.all())  # found: count-in-database (same-rows)


def with_options(session, options):
    return len(session.query(Order).options(*options).all())  # review: count-in-database (same-rows)
