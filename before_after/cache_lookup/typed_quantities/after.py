"""Each line is compared with the orders of smaller quantities, in annotated functions."""

from typing import Any

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
    known_lasts: dict[int, int | None] = {}
    known_others: dict[tuple[int | None, int], Any] = {}
    for line in lines:
        if line.product_id in products:
            continue
        if line.quantity not in known_lasts:
            known_lasts[line.quantity] = smaller(session, line.quantity)
        last = known_lasts[line.quantity]
        if (line.product_id, line.quantity) not in known_others:
            known_others[(line.product_id, line.quantity)] = session.scalars(
                select(OrderLine.id).where(
                    OrderLine.product_id > line.product_id, OrderLine.quantity == line.quantity
                )
            ).all()
        others = known_others[(line.product_id, line.quantity)]
        if last is not None and last < line.order_id and len(others) > 1:
            found.append(line.id)
    return found
