"""Reviews are listed for each range of ratings, by two loops."""

from sqlalchemy.orm import Session

from shop.models import Review


def ranges(session: Session, product_id: int):
    found = {}
    all_reviews = (
        session.query(Review.rating, Review.text)
        .filter(Review.product_id == product_id, Review.rating.isnot(None))
        .order_by(Review.id)
        .all()
    )
    for low in range(1, 5):
        for high in range(low, 6):
            reviews = [
                review for review in all_reviews if review.rating >= low and review.rating <= high
            ]
            if reviews:
                found[low, high] = [review.text for review in reviews]
    return sorted(found.items())
