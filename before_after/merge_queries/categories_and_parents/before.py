"""A category and those below it are queried by one key, which is None for those at the top."""

from typing import Optional

from sqlalchemy.orm import Session

from shop.models import Category


def branch(session: Session, category_id: Optional[int]):
    # A key that no category has finds nothing.
    category = session.query(Category).filter(Category.id == category_id).first()
    below = (
        session.query(Category)
        .filter(Category.parent_id == category_id)
        .order_by(Category.id)
        .all()
    )
    title = category.name if category else "everything"
    return title, [child.slug for child in below]


def beside(session: Session, category_id: int):
    """A category of a branch, and the others."""
    found = session.query(Category).filter_by(id=category_id).one_or_none()
    below = session.query(Category).filter(Category.parent_id == category_id).all()
    return found and found.slug, sorted(child.slug for child in below)
