"""What a loop counts for each item is asked for all of them at once by another rule."""

from shop.models import Customer, Order


def orders_of_each(session):
    counts = {}
    for customer in session.query(Customer).order_by(Customer.id):
        counts[customer.id] = len(session.query(Order).filter(Order.customer_id == customer.id).all())
    return counts
