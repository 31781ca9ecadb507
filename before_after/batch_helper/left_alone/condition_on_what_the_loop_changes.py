"""A condition of the query reads what the object holds, and the loop puts something else there."""

from shop.models import Product


class Shop:
    def __init__(self, session):
        self.session = session
        self.state = {"name": "Lamp"}
        self.names = ["Lamp"]

    @property
    def name(self):
        return self.state["name"]

    def price(self, product_id: int):
        named = self.session.query(Product.price).filter(Product.name == self.name)
        return named.filter(Product.id == product_id).scalar()

    def stock(self, product_id: int):
        named = self.session.query(Product.stock).filter(Product.name == self.names[-1])
        return named.filter(Product.id == product_id).scalar()

    def prices(self, product_ids: list[int]):
        found = []
        for each in product_ids:
            found.append(self.price(each))  # found: batch-helper (same-arguments)
            self.state["name"] = "Chair"
        return found

    def stocks(self, product_ids: list[int]):
        found = []
        for each in product_ids:
            found.append(self.stock(each))  # found: batch-helper (same-arguments)
            self.names.append("Chair")
        return found
