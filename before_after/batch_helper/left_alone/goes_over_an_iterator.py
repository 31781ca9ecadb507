"""An iterator in the condition gives its items to the first call, and none to the others."""

from shop.models import Customer, Order


def orders_of(session, customer_id: int, numbers):
    return (
        session.query(Order)
        .filter(Order.customer_id == customer_id, Order.number.in_(numbers))
        .order_by(Order.id)
        .all()
    )


def all_orders(session, numbers):
    return [
        order.id
        for customer in session.query(Customer).order_by(Customer.id).all()
        for order in orders_of(session, customer.id, numbers)  # review: batch-helper (query-invariant)
    ]
