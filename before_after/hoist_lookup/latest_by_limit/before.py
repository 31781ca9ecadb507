"""The newest row of each key is asked for with LIMIT 1, in all the ways that one reads it."""

from sqlalchemy import select

from shop.models import Customer, Order, Review


def newest_orders(session):
    found = {}
    for customer in session.query(Customer).order_by(Customer.id).all():
        order = session.scalar(
            select(Order)
            .where(Order.customer_id == customer.id)
            .order_by(Order.placed_on.desc(), Order.id.desc())
            .limit(1)
        )
        found[customer.email] = order.number if order is not None else None
    return found


def best_ratings(session):
    found = []
    for customer in session.query(Customer).order_by(Customer.id).all():
        rating = session.execute(
            select(Review.rating)
            .where(Review.customer_id == customer.id)
            .order_by(Review.rating.desc(), Review.id)
            .limit(1)
        ).scalar_one_or_none()
        found.append((customer.name, rating))
    return found


def first_reviews(session):
    found = []
    for customer in session.query(Customer).order_by(Customer.id).all():
        review = (
            session.query(Review)
            .filter(Review.customer_id == customer.id)
            .order_by(Review.id)
            .limit(1)
            .one_or_none()
        )
        number = session.query(Order.number).filter(Order.customer_id == customer.id)
        found.append((review and review.rating, number.order_by(Order.id).limit(1).scalar()))
    return found


def with_orders(session):
    return [
        customer.name
        for customer in session.query(Customer).order_by(Customer.id).all()
        if session.scalar(select(Order.id).where(Order.customer_id == customer.id).limit(1))
        is not None
    ]
