"""A query of totals gives one row, one of groups may give none, and raises before a key does."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.models import Order, Tag


def uses(session: Session, rows: list[dict[str, str]]) -> list[int]:
    found = []
    for row in rows:
        tag = session.query(Tag).filter(Tag.name == row["name"]).first()  # review: hoist-lookup (keys-known-before)
        most = select(func.max(Order.id)).group_by(Order.status).having(func.count() > len(found))
        found.append(session.execute(most).scalar_one() + (tag.uses if tag else 0))
    return found
