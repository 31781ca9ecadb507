"""One caller reads the relationship, another only counts the rows: that one pays nothing."""

from sqlalchemy.orm import Session, selectinload

from reviews import reviews_of
from shop.models import Review


def praised(session: Session) -> list[str]:
    names = []
    for review in reviews_of(session, 5, options=[selectinload(Review.product)]):
        names.append(review.product.name)
    return names


def warnings(session: Session) -> int:
    return 2 * len(reviews_of(session, 1)) + len(reviews_of(session, 2))
