"""A helper counts the orders of a customer in a period, and a loop asks for several periods."""

from shop.models import Customer, Order


def orders_of(session, customer, since=None, until=None):
    found = session.query(Order).filter(Order.customer_id == customer.id)
    # both ends may be left out
    if since:
        # the first day {included}
        found = found.filter(Order.placed_on >= since)
    if until:
        # the last day is not
        # part of it
        found = found.filter(Order.placed_on < until)
    return found.count()


def periods(session, day):
    table = []
    for customer in session.query(Customer).order_by(Customer.id).all():
        ever = orders_of(session, customer)
        before = orders_of(session, customer, until=day)
        after = orders_of(session, customer, since=day)
        again = orders_of(session, customer, until=day)
        table.append((customer.name, ever, before, after, again))
    return table
