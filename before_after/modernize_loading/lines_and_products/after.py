"""The lines of orders, with their products, are loaded by subqueries of a typed shop."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from shop_typed.models import Order, OrderLine


def described(session: Session) -> list[tuple[int, list[str | None]]]:
    statement = (
        select(Order)
        .options(selectinload(Order.lines).selectinload(OrderLine.product))
        .order_by(Order.id)
    )
    return [
        (order.id, [line.product.sku if line.product else None for line in order.lines])
        for order in session.scalars(statement)
    ]
