"""A category and those below it are queried by one key, which is None for those at the top."""

from typing import Optional

from sqlalchemy import or_
from sqlalchemy.orm import Session

from shop.models import Category


def branch(session: Session, category_id: Optional[int]):
    categories = (
        session.query(Category)
        .filter(or_(Category.id == category_id, Category.parent_id == category_id))
        .order_by(Category.id)
        .all()
    )
    # A key that no category has finds nothing.
    category = next((row for row in categories if row.id == category_id), None)
    below = [row for row in categories if row.parent_id == category_id]
    title = category.name if category else "everything"
    return title, [child.slug for child in below]


def beside(session: Session, category_id: int):
    """A category of a branch, and the others."""
    categories = (
        session.query(Category)
        .filter(or_(Category.id == category_id, Category.parent_id == category_id))
        .all()
    )
    found = next((category for category in categories if category.id == category_id), None)
    below = [category for category in categories if category.parent_id == category_id]
    return found and found.slug, sorted(child.slug for child in below)
