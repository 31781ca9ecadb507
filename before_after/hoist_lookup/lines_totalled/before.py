"""Of the lines of each order only their number and a sum are used, so the database can tell them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Order, OrderLine


def sizes_of_orders(session: Session) -> list[tuple[str, int, int]]:
    result = []
    for order in session.scalars(select(Order).order_by(Order.id)):
        # what was bought
        lines = session.scalars(select(OrderLine).where(OrderLine.order_id == order.id)).all()
        if not lines:
            continue
        result.append((order.number, len(lines), sum(line.quantity for line in lines)))
    return result
