"""How much the session has loaded is told after each row."""

from shop.models import Order


def held(session):
    return len(session.identity_map)


def sizes(session):
    found = []
    for order in session.query(Order).order_by(Order.id):
        found.append((order.customer is None, held(session)))  # review: eager-load (loading-unseen)
    return found
