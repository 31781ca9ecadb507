"""any() and all() ask no more than they need to know."""

from shop.models import Product


def has_expensive(session, product_ids: list[int]) -> bool:
    return any(
        session.query(Product)  # review: hoist-lookup (asked-every-time)
        .filter(Product.id == product_id)
        .one()
        .price > 100
        for product_id in product_ids
    )


def are_known(session, product_ids: list[int]) -> bool:
    return all(
        session.query(Product)  # review: hoist-lookup (asked-every-time)
        .filter(Product.id == product_id)
        .count()
        for product_id in product_ids
    )
