"""Rows of several classes: of equal ones a legacy Query lists one, and a count counts all."""

from shop.models import Customer, Order


def customers_by_order(session):
    pairs = session.query(Customer, Customer.name).join(Customer.orders).filter(Order.total > 5)
    return len(pairs.all())  # review: count-in-database (rows-not-repeated)


def of_conditions(session, conditions):
    # nobody knows which tables these bring in, nor whether a branch joins one
    entries = session.query(Customer.name, Order).filter(*conditions)
    return len(entries.all())  # review: count-in-database (rows-not-repeated)
