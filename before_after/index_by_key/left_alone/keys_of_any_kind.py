"""Nobody knows whether the keys can be those of a dict."""

from shop.models import Order


def found(session, numbers):
    orders = session.query(Order).all()
    return [[order.id for order in orders if order.id == number] for number in numbers]  # review: index-by-key (keys-equal)
