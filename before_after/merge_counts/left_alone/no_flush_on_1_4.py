"""On SQLAlchemy 1.4 a count without a table or column writes no pending objects before it."""

from sqlalchemy import func, select

from shop.models import Tag


def numbers(session):
    many = session.scalar(select(func.count()).where(Tag.uses > 3))  # review: merge-counts (flushes-alike)
    few = session.scalar(select(func.count()).where(Tag.uses < 3))
    return many, few
