"""The query leaves out what earlier iterations have taken."""

from shop.models import Product


def pick(session, category_ids: "list[int]"):
    taken: list = []
    for category_id in category_ids:
        product = (
            session.query(Product)  # found: hoist-lookup (query-invariant)
            .filter(Product.category_id == category_id, Product.id.notin_(taken))
            .first()
        )
        if product:
            taken.append(product.id)
    return taken
