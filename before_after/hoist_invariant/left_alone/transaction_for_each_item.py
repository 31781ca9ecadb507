"""Each round has a transaction of its own: a query before the loop begins one that is in its way."""

from sqlalchemy import func, select

from shop.models import Order


def shares(session, numbers: list[int]):
    found = []
    for number in numbers:
        with session.begin():
            total = session.scalar(select(func.count(Order.id)))  # found: hoist-invariant (rows-stay-loaded)
        found.append(number / (total or 1))
    return found
