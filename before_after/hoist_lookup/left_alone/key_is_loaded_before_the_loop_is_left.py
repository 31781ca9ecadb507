"""Each key has a row loaded, and the loop ends with the first item that has no customer."""

from shop.models import Customer, OrderLine


def first_without(session):
    for line in session.query(OrderLine).order_by(OrderLine.id).all():
        customer = session.query(Customer).filter(Customer.id == line.order.customer_id).one_or_none()  # review: hoist-lookup (asked-every-time)
        if customer is None:
            return line.id
    return None
