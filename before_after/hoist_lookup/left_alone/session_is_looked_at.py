"""The function looks at what the session has loaded, which would be more."""

from shop.models import Customer, Order


def loaded(session):
    for order in session.query(Order).order_by(Order.id):
        session.query(Customer).filter(Customer.id == order.customer_id).first()  # review: hoist-lookup (loading-unseen)
    return [type(each).__name__ for each in session]
