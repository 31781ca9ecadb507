"""This form of query flushes what is pending on SQLAlchemy 2.1 only."""

from sqlalchemy import exists, func, select

from shop.models import Tag


def numbered(session, names: list):
    found = []
    for name in names:
        number = session.execute(select(func.count()).where(Tag.uses > 1)).scalar()  # review: hoist-invariant (flushes-alike)
        found.append((name, number))
    return found
