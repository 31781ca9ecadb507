"""Asks for reviews."""

from sqlalchemy.orm import Session

from shop.models import Review


def reviews_of(session: Session, rating: int) -> list[Review]:
    return session.query(Review).filter(Review.rating == rating).order_by(Review.id).all()
