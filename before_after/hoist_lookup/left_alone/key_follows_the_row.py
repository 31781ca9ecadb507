"""The next key comes from the row that was found, so that the keys are not known before."""

from shop.models import Category


def path(session, category_id: int, depth: int):
    names = []
    for _ in range(depth):
        category = (
            session.query(Category)  # found: hoist-lookup (keys-known-before)
            .filter(Category.id == category_id)
            .one()
        )
        names.append(category.name)
        category_id = category.parent_id
    return names
