"""What the helper gets may raise where it is evaluated, or in a condition, and would do so too early."""

from shop.models import Customer, Order


def orders_from(session, customer, address_id):
    return (
        session.query(Order)
        .filter(Order.customer_id == customer.id, Order.address_id >= address_id)
        .count()
    )


def orders_after(session, customer, first):
    return (
        session.query(Order)
        .filter(Order.customer_id == customer.id, Order.id >= first.id)
        .count()
    )


def no_customers(session, limits):
    counts = []
    for customer in session.query(Customer).order_by(Customer.id).all():
        counts.append(orders_from(session, customer, limits["address"]))  # review: batch-helper (same-arguments)
    return counts


def no_order(session):
    first = session.query(Order).filter(Order.number == "first").one_or_none()
    for customer in session.query(Customer).order_by(Customer.id).all():
        print(customer.name)
        print(orders_after(session, customer, first))  # review: batch-helper (keys-known-before)
