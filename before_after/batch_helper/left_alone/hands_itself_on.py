"""The helper hands itself to `map()`, which calls it for the children."""

from shop.models import Category


def size(session, category_id: int):
    children = session.query(Category.id).filter(Category.parent_id == category_id).all()
    return 1 + sum(map(size, [session] * len(children), [child.id for child in children]))


def sizes(session, category_ids: list[int]):
    return [size(session, each) for each in category_ids]  # found: batch-helper (not-recursive)
