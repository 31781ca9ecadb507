"""An order's lines, and each line's product, are read in two nested loops."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from shop.models import Order, OrderLine, OrderStatus


def invoice(session: Session, status: OrderStatus) -> list:
    orders = session.scalars(
        select(Order)
        .options(selectinload(Order.lines).selectinload(OrderLine.product))
        .where(Order.status == status)
        .order_by(Order.id)
    ).all()
    rows = []
    for order in orders:
        for line in order.lines:
            if line.product is not None:
                rows.append((order.number, line.quantity, line.product.sku))
    return rows
