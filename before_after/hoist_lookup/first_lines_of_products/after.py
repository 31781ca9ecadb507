"""Names in `filter_by()` would be ambiguous beside a column and a sum, and become conditions."""

from sqlalchemy import func, select

from shop.models import OrderLine, Product


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def sold_first(session):
    found = {}
    products = session.query(Product).filter_by(active=True).order_by(Product.id).all()
    order_line_sums = {}
    for product_ids in _chunks(product.id for product in products):
        for product_id, value in session.execute(
            select(OrderLine.product_id, func.sum(OrderLine.quantity))
            .where(OrderLine.product_id.in_(product_ids))
            .where(OrderLine.position == 1)
            .group_by(OrderLine.product_id)
        ):
            order_line_sums[product_id] = value
    for product in products:
        found[product.sku] = order_line_sums.get(product.id)
    return found
