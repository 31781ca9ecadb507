"""An outer join finds customers without an order: the list has one None for all of them."""

from shop.models import Customer, Order


def orders_or_none(session):
    orders = session.query(Order).select_from(Customer).outerjoin(Order)
    return len(orders.all())  # review: count-in-database (rows-not-repeated)
