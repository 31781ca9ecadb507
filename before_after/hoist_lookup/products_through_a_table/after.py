"""The products of each tag are joined by the table between them, and only some have a price."""

from shop.models import Product, Tag, product_tags


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Shelves:
    def __init__(self, session):
        self.session = session

    def by_tag(self):
        shelves = {}
        tags = self.session.query(Tag).order_by(Tag.name).all()
        products_by_tag_id = {}
        for tag_ids in _chunks(tag.id for tag in tags):
            for row, tag_id in (
                self.session.query(Product, product_tags.c.tag_id)
                .select_from(Product)
                .join(product_tags, product_tags.c.product_id == Product.id)
                .filter(product_tags.c.tag_id.in_(tag_ids), Product.price > 10)
                .order_by(Product.id)
            ):
                products_by_tag_id.setdefault(tag_id, []).append(row)
        for tag in tags:
            products = products_by_tag_id.get(tag.id, [])
            shelves[tag.name] = [product.name for product in products]
        return shelves
