"""Another condition goes over the list of a row, which can be gone over again."""

from sqlalchemy import func

from shop.models import Order, OrderLine, Product


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def counts(session):
    order = session.query(Order).order_by(Order.id.desc()).first()
    found = []
    products = list(session.query(Product).order_by(Product.id))
    order_line_counts = {}
    for product_ids in _chunks(product.id for product in products):
        for product_id, count in (
            session.query(OrderLine.product_id, func.count())
            .filter(OrderLine.product_id.in_(product_ids))
            .filter(OrderLine.id.in_([line.id for line in order.lines]))
            .group_by(OrderLine.product_id)
        ):
            order_line_counts[product_id] = count
    for product in products:
        lines = order_line_counts.get(product.id, 0)
        found.append((product.sku, lines))
    return found
