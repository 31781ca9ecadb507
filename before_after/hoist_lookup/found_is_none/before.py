"""A variable that is only compared with None: what it held does not matter."""

from sqlalchemy import select

from shop.models import Order, OrderLine, OrderStatus, Product


def not_paid(session):
    found = []
    for order in session.scalars(select(Order).order_by(Order.id)).all():
        line = session.scalar(
            select(OrderLine.id)
            .where(OrderLine.order_id == order.id, OrderLine.quantity > 2)
            .limit(1)
        )
        if line is None and order.status is not OrderStatus.PAID:
            found.append(order.number)
        else:
            found.append((order.number, line is not None))
    return found


def unsold(session):
    found = []
    for product in session.query(Product).order_by(Product.id):
        line = session.query(OrderLine.id).filter(OrderLine.product_id == product.id).first()
        if line is not None:
            continue
        found.append(product.sku if line is None and product.active else None)
    return found
