"""One caller reads the relationship, another counts rows for each rating: only one pays."""

from reviews import reviews_of
from sqlalchemy.orm import Session


def praised(session: Session) -> list[str]:
    names = []
    for review in reviews_of(session, 5):
        names.append(review.product.name)
    return names


def histogram(session: Session) -> dict[int, int]:
    return {rating: len(reviews_of(session, rating)) for rating in range(1, 5)}
