"""The models are in another file, behind a package that exports them again."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from store import Order, OrderLine


def lines(session):
    result = []
    for order in session.scalars(
        select(Order)
        .options(selectinload(Order.lines).selectinload(OrderLine.product))
        .order_by(Order.id)
    ):
        for line in order.lines:
            result.append((order.number, line.product.name if line.product else None))
    return result
