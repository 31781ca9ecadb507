"""A method counts what belongs to one product, a table after the other."""

import sqlalchemy as sa

from shop.models import OrderLine, PriceListEntry, Review


class Products:
    def __init__(self, db):
        self.db = db

    def usage(self, product):
        reviews, line_count, price_list_entry_min = self.db.query(
            self.db.query(Review)
            .filter_by(product_id=product.id)
            .with_entities(sa.func.count(Review.id))
            .scalar_subquery(),
            self.db.query(OrderLine)
            .join(OrderLine.order)
            .filter(OrderLine.product_id == product.id)
            .with_entities(sa.func.count(OrderLine.id))
            .scalar_subquery(),
            self.db.query(sa.func.min(PriceListEntry.price))
            .filter(PriceListEntry.product_id == product.id)
            .scalar_subquery(),
        ).one()
        return {
            "reviews": reviews,
            "lines": line_count,
            "lowest": price_list_entry_min,
        }
