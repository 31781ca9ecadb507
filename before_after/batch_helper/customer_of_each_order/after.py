"""A helper looks up the customer of the order that it is given."""

from shop.models import Customer, Order


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def customers_by_id(session, orders):
    """Fetch what customer_label() looks up for all of these orders."""
    customers = {}
    for ids in _chunks(order.customer_id for order in orders if order.customer_id is not None):
        for customer in session.query(Customer).filter(Customer.id.in_(ids)):
            customers[customer.id] = customer
    return customers


def customer_label(session, order, *, customers=None):
    if customers is None:
        customers = customers_by_id(session, [order])
    customer = customers.get(order.customer_id)
    if customer is None:
        return "-"
    return customer.name


def labels(session):
    orders = session.query(Order).order_by(Order.id).all()
    customers = customers_by_id(session, orders)
    return [customer_label(session, order, customers=customers) for order in orders]
