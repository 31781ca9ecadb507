"""The products of each tag are joined by the table between them, and only some have a price."""

from shop.models import Product, Tag, product_tags


class Shelves:
    def __init__(self, session):
        self.session = session

    def by_tag(self):
        shelves = {}
        for tag in self.session.query(Tag).order_by(Tag.name):
            products = (
                self.session.query(Product)
                .join(product_tags, product_tags.c.product_id == Product.id)
                .filter(product_tags.c.tag_id == tag.id, Product.price > 10)
                .order_by(Product.id)
                .all()
            )
            shelves[tag.name] = [product.name for product in products]
        return shelves
