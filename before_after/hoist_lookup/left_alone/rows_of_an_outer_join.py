"""The rows of an outer join may be none, which raises after the loop has printed something."""

from sqlalchemy.orm import Session

from shop.models import Customer, Order, Review


def reviewed(session: Session) -> list[int]:
    found = []
    pairs = session.query(Review, Customer).outerjoin(Customer, Review.customer_id == Customer.id)
    for review, customer in pairs.order_by(Review.id):
        print(review.id)
        orders = session.query(Order).filter(Order.customer_id == customer.id)
        found.append(orders.count())  # review: hoist-lookup (keys-known-before)
    return found
