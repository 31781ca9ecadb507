"""A variable that is only compared with None: what it held does not matter."""

from sqlalchemy import select

from shop.models import Order, OrderLine, OrderStatus, Product


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def not_paid(session):
    found = []
    orders = session.scalars(select(Order).order_by(Order.id)).all()
    known_order_ids = set()
    for order_ids in _chunks(order.id for order in orders):
        known_order_ids.update(
            session.scalars(
                select(OrderLine.order_id)
                .where(OrderLine.order_id.in_(order_ids), OrderLine.quantity > 2)
                .distinct()
            )
        )
    for order in orders:
        line = order.id in known_order_ids
        if not line and order.status is not OrderStatus.PAID:
            found.append(order.number)
        else:
            found.append((order.number, line))
    return found


def unsold(session):
    found = []
    products = session.query(Product).order_by(Product.id).all()
    known_product_ids = set()
    for product_ids in _chunks(product.id for product in products):
        known_product_ids.update(
            product_id
            for (product_id,) in session.query(OrderLine.product_id)
            .filter(OrderLine.product_id.in_(product_ids))
            .distinct()
        )
    for product in products:
        line = product.id in known_product_ids
        if line:
            continue
        found.append(product.sku if not line and product.active else None)
    return found
