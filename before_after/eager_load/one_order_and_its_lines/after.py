"""One order is found; the products of its lines are read one by one."""

from sqlalchemy.orm import selectinload

from shop.models import Order, OrderLine


def skus(session, number):
    order = (
        session.query(Order)
        .options(selectinload(Order.lines).selectinload(OrderLine.product))
        .filter_by(number=number)
        .one_or_none()
    )
    if order is None:
        return []
    return [line.product.sku for line in order.lines if line.product is not None]
