"""A helper counts the orders of a customer in a period, and a loop asks for several periods."""

from sqlalchemy import func

from shop.models import Customer, Order


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def order_counts_by_customer_id(session, customers, since=None, until=None):
    """Fetch what orders_of() looks up for all of these customers."""
    order_counts = {}
    for customer_ids in _chunks(customer.id for customer in customers):
        found = session.query(Order.customer_id, func.count()).filter(
            Order.customer_id.in_(customer_ids)
        )
        # both ends may be left out
        if since:
            # the first day {included}
            found = found.filter(Order.placed_on >= since)
        if until:
            # the last day is not
            # part of it
            found = found.filter(Order.placed_on < until)
        for customer_id, count in found.group_by(Order.customer_id):
            order_counts[customer_id] = count
    return order_counts


def orders_of(session, customer, since=None, until=None, *, order_counts=None):
    if order_counts is None:
        order_counts = order_counts_by_customer_id(session, [customer], since, until)
    return order_counts.get(customer.id, 0)


def periods(session, day):
    table = []
    customers = session.query(Customer).order_by(Customer.id).all()
    order_counts = order_counts_by_customer_id(session, customers)
    found_order_counts = order_counts_by_customer_id(session, customers, until=day)
    order_counts_2 = order_counts_by_customer_id(session, customers, since=day)
    for customer in customers:
        ever = orders_of(session, customer, order_counts=order_counts)
        before = orders_of(session, customer, until=day, order_counts=found_order_counts)
        after = orders_of(session, customer, since=day, order_counts=order_counts_2)
        again = orders_of(session, customer, until=day, order_counts=found_order_counts)
        table.append((customer.name, ever, before, after, again))
    return table
