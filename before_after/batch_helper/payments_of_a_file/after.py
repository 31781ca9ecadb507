"""Lines of a bank's file, read into dataclasses, name the order that is paid."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, List, Optional

from sqlalchemy.orm import Session

from shop.models import Order, Payment


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


@dataclass(frozen=True)
class Line:
    number: str
    cents: int


def orders_by_number(session: Session, numbers: Iterable[str]) -> dict[str, Order]:
    """Fetch what order_of() looks up for all of these numbers."""
    orders: dict[str, Order] = {}
    for chunk in _chunks(numbers):
        for order in session.query(Order).filter(Order.number.in_(chunk)):
            orders[order.number] = order
    return orders


def order_of(
    session: Session, number: str, *, orders: Optional[dict[str, Order]] = None
) -> Optional[Order]:
    if orders is None:
        orders = orders_by_number(session, [number])
    return orders.get(number)


def book(session: Session, lines: List[Line]) -> int:
    """What was paid for orders that nobody knows."""
    unknown = 0
    orders = orders_by_number(session, [line.number for line in lines])
    for line in lines:
        order = order_of(session, line.number, orders=orders)
        if order is None:
            unknown += line.cents
            continue
        session.add(Payment(order_id=order.id, method="bank", amount=line.cents))
    session.commit()
    return unknown
