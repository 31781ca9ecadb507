"""Queries."""

from shop.models import Review


def reviews_by_rating(db):
    return db.query(Review).order_by(Review.rating, Review.id).all()
