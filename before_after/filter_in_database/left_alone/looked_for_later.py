"""What comes later finds the rows in the session."""

from shop.models import Customer


def names(session, ids):
    customers = session.query(Customer).order_by(Customer.id).all()  # review: filter-in-database (not-needed-later)
    first = customers[0].name
    return first, [session.get(Customer, customer_id).name for customer_id in ids]


def referrers(session):
    # the referrers are among the customers, as long as the comprehension runs
    customers = session.query(Customer).order_by(Customer.id)
    return [customer.referrer.name for customer in customers if customer.referrer_id is not None]  # review: filter-in-database (not-needed-later)
