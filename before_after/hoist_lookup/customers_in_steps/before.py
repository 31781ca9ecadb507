"""The query of each order is built in several steps from one that is made before the loop."""

from shop.models import Customer, Order


def known_customers(session, country):
    customers = session.query(Customer).filter(Customer.country_code == country)
    result = []
    for order in session.query(Order).order_by(Order.id):
        query = customers.filter(Customer.id == order.customer_id)
        query = query.filter(Customer.birthday.isnot(None))
        customer = query.first()
        result.append((order.number, customer.email if customer else None))
    return result
