"""Some loops know the price already, and the helper asks for it only where it is not handed in."""

from shop.models import Product


def label(session, product_id: int, *, price=None):
    name = session.query(Product.name).filter(Product.id == product_id).scalar()
    if price is None:
        price = session.query(Product.price).filter(Product.id == product_id).scalar()
    return f"{name}: {price}"


def labels(session, product_ids: list[int], prices: dict[int, int]):
    found = []
    for each in product_ids:
        found.append(label(session, each, price=prices[each]))  # review: batch-helper (calls-known)
    return found
