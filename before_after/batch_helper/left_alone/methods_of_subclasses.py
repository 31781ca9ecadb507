"""The method is overridden, or overrides another one: all of them would need the parameter."""

from shop.models import Product


class Prices:
    def __init__(self, session):
        self.session = session

    def price(self, product_id):
        return str(self.session.query(Product.price).filter(Product.id == product_id).scalar())

    def of(self, product_ids: list[int]):
        return [self.price(each) for each in product_ids]  # found: batch-helper (takes-a-parameter)


class SalePrices(Prices):
    def price(self, product_id):
        return str(self.session.query(Product.stock).filter(Product.id == product_id).scalar())

    def half(self, product_ids: list[int]):
        return [self.price(each) for each in product_ids]  # found: batch-helper (takes-a-parameter)
