"""The query of each order is built in several steps from one that is made before the loop."""

from shop.models import Customer, Order


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def known_customers(session, country):
    customers = session.query(Customer).filter(Customer.country_code == country)
    result = []
    orders = session.query(Order).order_by(Order.id).all()
    customers_by_id = {}
    for ids in _chunks(order.customer_id for order in orders if order.customer_id is not None):
        for customer in customers.filter(Customer.id.in_(ids)).filter(
            Customer.birthday.isnot(None)
        ):
            customers_by_id[customer.id] = customer
    for order in orders:
        customer = customers_by_id.get(order.customer_id)
        result.append((order.number, customer.email if customer else None))
    return result
