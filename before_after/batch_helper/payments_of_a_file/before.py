"""Lines of a bank's file, read into dataclasses, name the order that is paid."""

from dataclasses import dataclass
from typing import List, Optional

from sqlalchemy.orm import Session

from shop.models import Order, Payment


@dataclass(frozen=True)
class Line:
    number: str
    cents: int


def order_of(session: Session, number: str) -> Optional[Order]:
    return session.query(Order).filter(Order.number == number).one_or_none()


def book(session: Session, lines: List[Line]) -> int:
    """What was paid for orders that nobody knows."""
    unknown = 0
    for line in lines:
        order = order_of(session, line.number)
        if order is None:
            unknown += line.cents
            continue
        session.add(Payment(order_id=order.id, method="bank", amount=line.cents))
    session.commit()
    return unknown
