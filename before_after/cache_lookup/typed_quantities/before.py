"""Each line is compared with the orders of smaller quantities, in annotated functions."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop_typed.models import OrderLine


def smaller(session: Session, quantity: int) -> int | None:
    return session.scalars(
        select(func.max(OrderLine.order_id)).where(OrderLine.quantity < quantity)
    ).first()


def after_smaller(session: Session, products: set[int | None]) -> list[int]:
    lines = session.scalars(select(OrderLine).order_by(OrderLine.id)).all()
    found: list[int] = []
    for line in lines:
        if line.product_id in products:
            continue
        last = smaller(session, line.quantity)
        others = session.scalars(
            select(OrderLine.id).where(
                OrderLine.product_id > line.product_id, OrderLine.quantity == line.quantity
            )
        ).all()
        if last is not None and last < line.order_id and len(others) > 1:
            found.append(line.id)
    return found
