"""The total of an order may be NULL."""

from sqlalchemy import select

from shop.models import Order, Product, Review


def revenue(session):
    return sum(order.total for order in session.query(Order))  # found: null-in-sum


def ratings(session, product: Product):
    reviews = session.execute(select(Review).where(Review.text.is_(None))).scalars().all()
    own = sum([review.rating for review in product.reviews])  # found: null-in-sum
    return own, sum(2 * review.rating for review in reviews)  # found: null-in-sum


def total_of(orders):
    return sum(order.total for order in orders)  # found: null-in-sum


def total_of_paid(orders):
    return sum(order.total for order in orders if order.total is not None)


def this_year(session):
    return total_of(session.query(Order).all()), total_of_paid(session.query(Order).all())


def last_year(session):
    """What is said once is not said again for each caller."""
    return total_of(session.query(Order).all())
