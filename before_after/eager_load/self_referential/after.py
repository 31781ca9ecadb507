"""Each category below a shelf, with its sub-categories; sorted by a key function."""

from sqlalchemy.orm import selectinload

from shop.models import Category


def shelves(session):
    shelves = (
        session.query(Category)
        .options(selectinload(Category.children))
        .filter(Category.parent_id.is_(None))
        .all()
    )
    result = []
    for shelf in sorted(shelves, key=lambda category: category.id, reverse=True):
        result.append((shelf.slug, [child.slug for child in shelf.children]))
    return result
