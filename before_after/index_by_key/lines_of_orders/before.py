"""Orders and their lines are matched in two nested loops of a typed shop."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Order, OrderLine


def quantities(session: Session) -> list[tuple[int, int]]:
    orders = session.scalars(select(Order).order_by(Order.id)).all()
    lines = session.scalars(select(OrderLine).order_by(OrderLine.id)).all()
    result: list[tuple[int, int]] = []
    for order in orders:
        total = 0
        for line in lines:
            # the order's own
            if line.order_id == order.id:
                total += line.quantity
        result.append((order.id, total))
    return result
