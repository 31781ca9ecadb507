"""any() calls the helper no more once it has found what it looks for."""

from shop.models import Review


def has_reviews(session, product_id: int) -> bool:
    return session.query(Review).filter(Review.product_id == product_id).count() > 0


def any_reviewed(session, product_ids: list[int]) -> bool:
    return any(has_reviews(session, each) for each in product_ids)  # review: batch-helper (asked-every-time)
