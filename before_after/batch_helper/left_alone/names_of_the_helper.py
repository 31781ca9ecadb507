"""The query needs something that only the helper knows."""


def price(session, product_id: int):
    from shop.models import Product

    return str(session.query(Product.price).filter(Product.id == product_id).scalar())


def prices(session, product_ids: list[int]):
    return [price(session, each) for each in product_ids]  # found: batch-helper (keys-known-before)
