"""Each branch has a session of its own, and so a shop of its own."""

from shop.models import Product


class Shop:
    def __init__(self, session):
        self.session = session

    def price(self, product_id: int):
        return self.session.query(Product.price).filter(Product.id == product_id).scalar()


def cheapest(shops: dict[int, Shop], product_ids: list[int]):
    found = []
    for product_id in product_ids:
        found.append(shops[product_id % 2].price(product_id))  # found: batch-helper (same-arguments)
    return found
