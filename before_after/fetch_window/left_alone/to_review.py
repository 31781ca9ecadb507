"""One fetch does it, but for what a person has to look at."""

from datetime import date, timedelta

from somewhere import publish

from shop.models import Order, Review


def many_rows(session, days: list[date]):
    # nothing else is in doubt
    return [
        session.query(Review).filter(Review.rating > stars).count()  # review: fetch-window (few-rows)
        for stars in range(5)
    ]


def of_any_kind(session, day, last):
    found = []
    while day < last:
        end = day + timedelta(days=7)
        found.append(
            session.query(Order)  # found: fetch-window (tests-equal)
            .filter(Order.placed_on >= day, Order.placed_on < end)
            .count()
        )
        day = end
    return found


def not_always(session, limits: list[int]):
    found = []
    for limit in limits:
        if limit > 3:
            found.append(
                session.query(Review).filter(Review.rating > limit).count()  # review: fetch-window (asked-every-time)
            )
    return found


def published(session, limits: list[int]):
    for limit in limits:
        number = session.query(Review).filter(Review.rating > limit).count()  # review: fetch-window (calls-known)
        publish(session, number)


def one_by_one(session, limits: list[int]):
    for limit in limits:
        yield session.query(Review).filter(Review.rating > limit).count()  # review: fetch-window (not-suspended)
