"""An eager load by an inner join leaves out orders without a customer."""

from sqlalchemy.orm import joinedload

from shop.models import Order


def any_with_customer(session):
    orders = session.query(Order).options(joinedload(Order.customer, innerjoin=True))
    if orders.all():  # found: exists-in-database (same-rows)
        return True
    return False


def any_with_options(session, options):
    return bool(session.query(Order).options(*options).all())  # review: exists-in-database (same-rows)
