"""The query compares with an attribute of a row, which the loop assigns."""

from shop.models import Product, Tag


def enough(session, category_ids: list[int], tag: Tag):
    result = []
    for category_id in category_ids:
        products = (
            session.query(Product)  # found: hoist-lookup (query-invariant)
            .filter(Product.category_id == category_id, Product.stock > tag.uses)
            .order_by(Product.id)
            .all()
        )
        result.append(len(products))
        tag.uses += 1
    return result
