"""A function of a package makes the base class, which may call the method, or have one like it."""

from company.services import service_for

from shop.models import Product


class Prices(service_for(Product)):
    def price(self, product_id: int):
        return str(self.session.query(Product.price).filter(Product.id == product_id).scalar())

    def prices(self, product_ids: list[int]):
        return [self.price(each) for each in product_ids]  # found: batch-helper (takes-a-parameter)
