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


def added_in_turn(session):
    total = 0
    for order in session.query(Order):
        total += order.total  # found: null-in-sum
    return total


def added_where_there_is_one(session):
    total = 0
    for order in session.query(Order):
        if order.total is None:
            continue
        total += order.total
    return total


def added_as_far_as_possible(session):
    total = 0
    for order in session.query(Order):
        try:
            total += order.total
        except TypeError:
            continue
    return total


def added_or_nothing(session):
    total = 0
    for order in session.query(Order):
        total += order.total or 0
    return total
