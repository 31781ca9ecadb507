"""A function of another file makes each row a dict, with the rows of its collection."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from export import to_dict
from shop.models import Order


def export(session: Session) -> list[dict[str, Any]]:
    statement = select(Order).options(selectinload(Order.lines)).order_by(Order.id)
    rows = session.execute(statement).scalars().all()
    return [to_dict(order) for order in rows]
