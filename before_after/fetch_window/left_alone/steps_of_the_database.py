"""A step of the query is something that only the database does."""

from shop.models import Review


def different(session, limits: list[int]):
    return [
        session.query(Review).distinct().filter(Review.rating > limit).all()  # found: fetch-window (told-by-rows)
        for limit in limits
    ]
