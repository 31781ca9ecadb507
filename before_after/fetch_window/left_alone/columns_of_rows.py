"""The query selects columns; a row of one that can be tested in Python has others, too."""

from shop.models import Review


def numbers(session, limits: list[int]):
    return [
        session.query(Review.id).filter(Review.rating > limit).all()  # found: fetch-window (told-by-rows)
        for limit in limits
    ]


def unpacked(session, limits: list[int]):
    found = []
    for limit in limits:
        for (number,) in session.query(Review.id).filter(Review.rating > limit):  # found: fetch-window (told-by-rows)
            found.append(number)
    return found
