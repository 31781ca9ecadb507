"""A composite key with a part that may be NULL, which equals nothing in a row value."""

from shop.models import Category


def ids(session, paths: "list[tuple[int | None, str]]"):
    result = []
    for parent_id, name in paths:
        category = (
            session.query(Category)  # found: hoist-lookup (null-keys)
            .filter_by(parent_id=parent_id, name=name)
            .one_or_none()
        )
        result.append(category.id if category else None)
    return result
