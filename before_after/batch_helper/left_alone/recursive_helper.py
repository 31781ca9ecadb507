"""The batch would not have the keys of the children."""

from shop.models import Category


def size(session, category_id: int):
    children = (
        session.query(Category).filter(Category.parent_id == category_id).order_by(Category.id).all()
    )
    return 1 + sum(size(session, child.id) for child in children)


def sizes(session, category_ids: list[int]):
    return [size(session, each) for each in category_ids]  # found: batch-helper (not-recursive)
