"""2.0 style, `session.scalar()` of counts with a table and no column, as a tuple."""

from sqlalchemy import case, func, select

from shop.models import Review


def ratings(session, product_id):
    total, good, unrated = session.execute(
        select(
            func.count(),
            func.count(case((Review.rating >= 4, 1))),
            func.count(case((Review.rating.is_(None), 1))),
        ).where(Review.product_id == product_id)
    ).one()
    return total, good, unrated
