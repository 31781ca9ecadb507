"""2.0 style, `session.scalar()` of counts with a table and no column, as a tuple."""

from sqlalchemy import func, select

from shop.models import Review


def ratings(session, product_id):
    total = session.scalar(
        select(func.count()).select_from(Review).where(Review.product_id == product_id)
    )
    good = session.scalar(
        select(func.count())
        .select_from(Review)
        .where(Review.product_id == product_id, Review.rating >= 4)
    )
    unrated = session.scalar(
        select(func.count())
        .select_from(Review)
        .where(Review.product_id == product_id, Review.rating.is_(None))
    )
    return total, good, unrated
