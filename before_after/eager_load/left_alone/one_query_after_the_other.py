"""Two calls of a function take its two branches: what the first has loaded serves the second."""

from shop.models import Order


def either(session, newest_first):
    if newest_first:
        orders = session.query(Order).order_by(Order.id.desc()).all()
    else:
        orders = session.query(Order).order_by(Order.id).all()
    return orders


def names(session):
    orders = either(session, True) + either(session, False)
    return [order.customer.name for order in orders]  # review: eager-load (not-loaded-already) # review: eager-load (not-loaded-already)
