"""For each customer it is asked whether there is a paid order."""

from shop.models import Customer, Order, OrderStatus


def sleepers(session):
    names = []
    for customer in session.query(Customer).order_by(Customer.id):
        paid = session.query(Order.id).filter(
            Order.customer_id == customer.id, Order.status == OrderStatus.PAID
        )
        if paid.first() is None:
            names.append(customer.name)
    return names
