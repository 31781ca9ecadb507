"""The class is made anew by each call of the function around it, and sees the variables there."""

from shop.models import Product


def report(session, product_ids: list[int]):
    class Prices:
        def price(self, product_id: int):
            return session.query(Product.price).filter(Product.id == product_id).scalar()

        def all(self):
            return [self.price(each) for each in product_ids]  # found: batch-helper (takes-a-parameter)

    return Prices().all()
