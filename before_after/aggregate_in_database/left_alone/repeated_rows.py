"""A join repeats lines, which the list has once and SQL adds up each time."""

from shop.models import OrderLine, Product, Review


def quantities(session):
    lines = session.query(OrderLine).join(OrderLine.product).join(Product.reviews)
    return sum(line.quantity for line in lines)  # found: aggregate-in-database (rows-not-repeated)


def of_conditions(session, *conditions):
    lines = session.query(OrderLine).filter(*conditions)
    return sum(line.quantity for line in lines)  # review: aggregate-in-database (rows-not-repeated)


def reviewed(session):
    return any(review.rating for review in session.query(Review).join(Review.product).limit(2))
