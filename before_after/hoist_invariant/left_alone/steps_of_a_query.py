"""The query is put together under conditions, in a variable of the loop."""

from sqlalchemy import select

from shop.models import Order


def totals(session, names, paid):
    found = []
    for name in names:
        statement = select(Order).order_by(Order.id)
        print(statement)
        found.append((name, session.execute(statement).scalars().all()))  # found: hoist-invariant (query-in-one-place)
    return found
