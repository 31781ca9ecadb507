"""The loop makes its keys itself, so that every row is fetched which a repository's finder can find."""

from shop.models import Product


class Products:
    def __init__(self, session):
        self.session = session

    def get_by(self, **criteria):
        return self.session.query(Product).filter_by(**criteria).one_or_none()


def named(session, rows: list[tuple[str, int]]) -> list[tuple[str, int]]:
    products = Products(session)
    # a row without a number goes on with the one before
    sku, found = "", []
    products_by_sku: dict[str, Product] = {row.sku: row for row in products.session.query(Product)}
    for given, number in rows:
        if given:
            sku = given
        product = products_by_sku.get(sku)
        if product is not None:
            found.append((product.name, number))
    return found
