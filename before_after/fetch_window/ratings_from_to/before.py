"""Reviews are listed for each range of ratings, by two loops."""

from sqlalchemy.orm import Session

from shop.models import Review


def ranges(session: Session, product_id: int):
    found = {}
    for low in range(1, 5):
        for high in range(low, 6):
            reviews = (
                session.query(Review)
                .filter(Review.product_id == product_id, Review.rating >= low)
                .filter(Review.rating <= high)
                .order_by(Review.id)
                .all()
            )
            if reviews:
                found[low, high] = [review.text for review in reviews]
    return sorted(found.items())
