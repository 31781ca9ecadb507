"""The lookup stands under a condition that only the loop can tell."""

from shop.models import Customer, Order


def label_some(session, limit):
    labels: list = []
    for order in session.query(Order).order_by(Order.id).all():
        if len(labels) < limit:
            labels.append(
                session.query(Customer)  # review: hoist-lookup (asked-every-time)
                .filter(Customer.id == order.customer_id)
                .first()
            )
    return [customer and customer.name for customer in labels]
