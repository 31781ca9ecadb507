"""Going through tables."""

from shop.models import Review


def each_review(session, visit):
    """Call `visit` with every review."""
    reviews = session.query(Review).order_by(Review.id).all()
    for review in reviews:
        visit(review)
    return len(reviews)
