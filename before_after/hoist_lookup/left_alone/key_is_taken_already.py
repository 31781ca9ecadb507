"""The database may refuse a number that is assigned, before the code misses a customer."""

from shop.models import Customer, Order


def renumber(session, start: int):
    for order in session.query(Order).order_by(Order.id).all():
        order.number = f"O-{start}"
        start += order.id % 2
        customer = (
            session.query(Customer)  # review: hoist-lookup (flushes-alike)
            .filter(Customer.id == order.customer_id)
            .one()
        )
        print(customer.name)
