"""A query that is sent again finds the same rows, whose collections are loaded already."""

from shop.models import Customer, Order


def again_for_each_customer(session):
    found = []
    for customer in session.query(Customer).order_by(Customer.id).all():
        for order in session.query(Order).order_by(Order.id).all():
            quantities = [line.quantity for line in order.lines]  # review: eager-load (not-loaded-already)
            found.append((customer.id, quantities))
    return found


def after_the_first(session):
    first = session.query(Order).order_by(Order.id).first()
    known = len(first.lines) if first else 0
    orders = session.query(Order).order_by(Order.id).all()
    return known, [len(order.lines) for order in orders]  # review: eager-load (not-loaded-already)
