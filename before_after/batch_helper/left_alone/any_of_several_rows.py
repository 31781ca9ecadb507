"""Which row is the first, and in what order they come, nothing says."""

from shop.models import Order, Review


def some_order(session, customer_id: int):
    return session.query(Order).filter(Order.customer_id == customer_id).first()


def orders(session, customer_ids: list[int]):
    return [some_order(session, each) for each in customer_ids]  # review: batch-helper (row-determined)


def texts(session, product_id: int):
    reviews = session.query(Review).filter(Review.product_id == product_id).all()
    return [review.text for review in reviews]


def all_texts(session, product_ids: list[int]):
    return [texts(session, each) for each in product_ids]  # review: batch-helper (row-order)
