"""Going through tables."""

from sqlalchemy.orm import selectinload

from shop.models import Review


def each_review(session, visit):
    """Call `visit` with every review."""
    count = 0
    for review in session.query(Review).options(selectinload(Review.customer)).order_by(Review.id):
        visit(review)
        count += 1
    return count
