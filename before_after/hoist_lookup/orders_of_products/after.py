"""The key is a column of a joined table: orders are counted, and looked for, by product."""

from sqlalchemy import func, select

from shop.models import Order, OrderLine, Product


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Statistics:
    def __init__(self, session):
        self.session = session

    def by_product(self):
        result = {}
        products = self.session.query(Product).order_by(Product.id).all()
        order_counts = {}
        for product_ids in _chunks(product.id for product in products):
            for product_id, count in self.session.execute(
                select(OrderLine.product_id, func.count(Order.id))
                .select_from(Order)
                .join(OrderLine, OrderLine.order_id == Order.id)
                .where(OrderLine.product_id.in_(product_ids))
                .group_by(OrderLine.product_id)
            ):
                order_counts[product_id] = count
        known_product_ids = set()
        for product_ids in _chunks(product.id for product in products):
            known_product_ids.update(
                key
                for (key,) in self.session.query(OrderLine.product_id)
                .select_from(Order)
                .join(Order.lines)
                .filter(OrderLine.product_id.in_(product_ids), Order.total > 20)
                .distinct()
            )
        for product in products:
            orders = order_counts.get(product.id, 0)
            rated = product.id in known_product_ids
            result[product.sku] = (orders, rated)
        return result
