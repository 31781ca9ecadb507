"""The loop calls the helper twice, and once with what it has only just found out."""

from shop.models import Category


def parent(session, category_id: int):
    found = session.query(Category.parent_id).filter(Category.id == category_id)
    return found.scalar()


def grandparents(session, category_ids: list[int]):
    found = []
    for category_id in category_ids:
        above = parent(session, category_id)  # found: batch-helper (same-arguments)
        found.append(parent(session, above))  # found: batch-helper (keys-known-before)
    return found
