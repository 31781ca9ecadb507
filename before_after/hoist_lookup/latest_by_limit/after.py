"""The newest row of each key is asked for with LIMIT 1, in all the ways that one reads it."""

from sqlalchemy import func, select

from shop.models import Customer, Order, Review


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def newest_orders(session):
    found = {}
    customers = session.query(Customer).order_by(Customer.id).all()
    orders = {}
    for customer_ids in _chunks(customer.id for customer in customers):
        ranked = (
            select(
                Order.id,
                func.row_number()
                .over(
                    partition_by=Order.customer_id,
                    order_by=[Order.placed_on.desc(), Order.id.desc()],
                )
                .label("position"),
            )
            .where(Order.customer_id.in_(customer_ids))
            .subquery()
        )
        for order in session.scalars(
            select(Order).join(ranked, Order.id == ranked.c.id).where(ranked.c.position == 1)
        ):
            orders[order.customer_id] = order
    for customer in customers:
        order = orders.get(customer.id)
        found[customer.email] = order.number if order is not None else None
    return found


def best_ratings(session):
    found = []
    customers = session.query(Customer).order_by(Customer.id).all()
    ratings = {}
    for customer_ids in _chunks(customer.id for customer in customers):
        ranked = (
            select(
                Review.rating,
                Review.customer_id,
                func.row_number()
                .over(partition_by=Review.customer_id, order_by=[Review.rating.desc(), Review.id])
                .label("position"),
            )
            .where(Review.customer_id.in_(customer_ids))
            .subquery()
        )
        for review in session.execute(
            select(ranked.c.rating, ranked.c.customer_id).where(ranked.c.position == 1)
        ):
            ratings[review.customer_id] = review.rating
    for customer in customers:
        rating = ratings.get(customer.id)
        found.append((customer.name, rating))
    return found


def first_reviews(session):
    found = []
    customers = session.query(Customer).order_by(Customer.id).all()
    reviews = {}
    for customer_ids in _chunks(customer.id for customer in customers):
        ranked = (
            session.query(
                Review.id,
                func.row_number()
                .over(partition_by=Review.customer_id, order_by=Review.id)
                .label("position"),
            )
            .filter(Review.customer_id.in_(customer_ids))
            .subquery()
        )
        for review in (
            session.query(Review)
            .join(ranked, Review.id == ranked.c.id)
            .filter(ranked.c.position == 1)
        ):
            reviews[review.customer_id] = review
    numbers = {}
    for customer_ids in _chunks(customer.id for customer in customers):
        ranked_orders = (
            session.query(
                Order.number,
                Order.customer_id,
                func.row_number()
                .over(partition_by=Order.customer_id, order_by=Order.id)
                .label("position"),
            )
            .filter(Order.customer_id.in_(customer_ids))
            .subquery()
        )
        for order in session.query(ranked_orders.c.number, ranked_orders.c.customer_id).filter(
            ranked_orders.c.position == 1
        ):
            numbers[order.customer_id] = order.number
    for customer in customers:
        review = reviews.get(customer.id)
        found.append((review and review.rating, numbers.get(customer.id)))
    return found


def with_orders(session):
    customers = session.query(Customer).order_by(Customer.id).all()
    known_customer_ids = set()
    for customer_ids in _chunks(customer.id for customer in customers):
        known_customer_ids.update(
            session.scalars(
                select(Order.customer_id).where(Order.customer_id.in_(customer_ids)).distinct()
            )
        )
    return [customer.name for customer in customers if customer.id in known_customer_ids]
