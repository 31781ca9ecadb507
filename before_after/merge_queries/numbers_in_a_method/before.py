"""A method counts what belongs to one product, a table after the other."""

import sqlalchemy as sa

from shop.models import OrderLine, PriceListEntry, Review


class Products:
    def __init__(self, db):
        self.db = db

    def usage(self, product):
        reviews = self.db.query(Review).filter_by(product_id=product.id).count()
        line_count = (
            self.db.query(OrderLine)
            .join(OrderLine.order)
            .filter(OrderLine.product_id == product.id)
            .count()
        )
        return {
            "reviews": reviews,
            "lines": line_count,
            "lowest": self.db.query(sa.func.min(PriceListEntry.price))
            .filter(PriceListEntry.product_id == product.id)
            .scalar(),
        }
