"""The helper's other arguments differ from item to item, or change in the loop."""

from shop.models import Product, Review


def count(session, product_id: int, ratings):
    reviews = session.query(Review).filter(Review.rating.in_(ratings))
    return reviews.filter(Review.product_id == product_id).count()


def counts(session, wanted: list[int]):
    ratings, found = [1], []
    for each in wanted:
        found.append(count(session, each, ratings))  # found: batch-helper (same-arguments)
        ratings.append(len(ratings))
    return found


class Shop:
    def __init__(self, session):
        self.session = session
        self.city = None

    def stock(self, sku: str):
        product = self.session.query(Product).filter(Product.sku == sku, Product.name == self.city)
        return product.count()


def stocks(session, skus: list[str]):
    shop = Shop(session)
    found = []
    for sku in skus:
        shop.city = sku[:1]
        found.append(shop.stock(sku))  # found: batch-helper (same-arguments)
    return found


def of_each(shops: list[Shop], sku: str):
    return [shop.stock(sku) for shop in shops]  # found: batch-helper (call-understood)
