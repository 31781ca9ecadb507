"""Asks for reviews."""

from collections.abc import Sequence

from sqlalchemy.orm import Session
from sqlalchemy.orm.interfaces import ORMOption

from shop.models import Review


def reviews_of(session: Session, rating: int, *, options: Sequence[ORMOption] = ()) -> list[Review]:
    return (
        session.query(Review)
        .options(*options)
        .filter(Review.rating == rating)
        .order_by(Review.id)
        .all()
    )
