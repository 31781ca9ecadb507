"""A repository knows its class by an attribute, and the loop writes another column of the rows."""

from shop.models import Product


class Repository:
    def __init__(self, model, session):
        self.model = model
        self.session = session


class Products(Repository):
    def __init__(self, session):
        super().__init__(Product, session)

    def by_sku(self, sku: str):
        return self.session.query(self.model).filter(self.model.sku == sku).one_or_none()


def restock(session, amounts: list[tuple[str, int]]):
    products = Products(session)
    missing = []
    for sku, amount in amounts:
        product = products.by_sku(sku)
        if product is None:
            missing.append(sku)
        else:
            product.stock = amount
    return missing
