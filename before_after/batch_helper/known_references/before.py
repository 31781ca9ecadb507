"""A helper says whether there is a review; statements are sent by `session.execute()`."""

from sqlalchemy import select

from shop.models import Order, Review


def has_rated(session, customer_id: int, product_id: int = 1) -> bool:
    found = session.execute(
        select(Review.id).where(
            Review.customer_id == customer_id, Review.product_id == product_id
        )
    ).first()
    return found is not None


def raters(session, customer_ids: list[int], product_id: int):
    return [each for each in customer_ids if has_rated(session, each, product_id)]
