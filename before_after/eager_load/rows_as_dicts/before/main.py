"""A function of another file makes each row a dict, with the rows of its collection."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from export import to_dict
from shop_typed.models import Order


def export(session: Session) -> list[dict[str, Any]]:
    orders = session.scalars(select(Order).order_by(Order.id)).all()
    result = []
    for order in orders:
        result.append(to_dict(order))
    return result
