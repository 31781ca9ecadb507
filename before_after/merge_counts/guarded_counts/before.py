"""The first count decides whether the others are asked for."""

from shop.models import Review


def summary(session, product_id):
    total = session.query(Review).filter(Review.product_id == product_id).count()
    if not total:
        return "no reviews"
    good = session.query(Review).filter(Review.product_id == product_id, Review.rating > 3).count()
    bad = 0
    if total > good:
        bad = (
            session.query(Review).filter(Review.product_id == product_id, Review.rating < 3).count()
        )
    return total, good, bad
