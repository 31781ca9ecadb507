"""One caller reads the relationship, another only counts the rows: that one pays nothing."""

from sqlalchemy.orm import Session

from reviews import reviews_of


def praised(session: Session) -> list[str]:
    names = []
    for review in reviews_of(session, 5):
        names.append(review.product.name)
    return names


def warnings(session: Session) -> int:
    return 2 * len(reviews_of(session, 1)) + len(reviews_of(session, 2))
