"""What gives the session does more than that, each time."""

from shop.models import Customer, Order

asked = []


def counted(session):
    asked.append(1)
    return session


def names(session):
    found = []
    for order in session.query(Order).order_by(Order.id):
        customer = counted(session).query(Customer).filter(Customer.id == order.customer_id).first()  # review: hoist-lookup (query-invariant)
        found.append(customer.name if customer else None)
    return found
