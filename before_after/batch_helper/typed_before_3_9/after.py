"""An annotated helper of a project that also runs on Python 3.8, where list[int] is an error."""

from collections.abc import Iterable, Iterator
from typing import Any, Dict, List, NamedTuple, Optional

from sqlalchemy import func
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from shop.models import Order, Payment


def _required(row: Any) -> Any:
    """This row, which there must be."""
    if row is None:
        raise NoResultFound("No row was found when one was required")
    return row


def _chunks(keys: "Iterable[Any]", size: int = 500) -> "Iterator[list[Any]]":
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class BalanceData(NamedTuple):
    """What balance() needs to know."""

    orders: "dict[int, Order]"
    payments: "dict[int, int]"


def load_balance_data(session: Session, order_ids: "Iterable[int]") -> BalanceData:
    """Fetch the data of balance() for all of these order ids."""
    orders: dict[int, Order] = {}
    payments: dict[int, int] = {}
    for ids in _chunks(order_ids):
        for order in session.query(Order).filter(Order.id.in_(ids)):
            orders[order.id] = order
        for order_id, count in (
            session.query(Payment.order_id, func.count())
            .filter(Payment.order_id.in_(ids))
            .group_by(Payment.order_id)
        ):
            payments[order_id] = count
    return BalanceData(orders, payments)


def balance(
    session: Session, order_id: int, *, data: Optional[BalanceData] = None
) -> Dict[str, object]:
    if data is None:
        data = load_balance_data(session, [order_id])
    order = _required(data.orders.get(order_id))
    payments = data.payments.get(order_id, 0)
    return {"number": order.number, "payments": payments}


def balances(session: Session, keys: List[int]) -> List[Dict[str, object]]:
    data = load_balance_data(session, keys)
    return [balance(session, key, data=data) for key in keys]


def payment_counts_by_order_id(session: Session, orders: 'Iterable["Order"]') -> "dict[int, int]":
    """Fetch what paid() looks up for all of these orders."""
    payment_counts: dict[int, int] = {}
    for order_ids in _chunks(order.id for order in orders):
        for order_id, count in (
            session.query(Payment.order_id, func.count())
            .filter(Payment.order_id.in_(order_ids))
            .group_by(Payment.order_id)
        ):
            payment_counts[order_id] = count
    return payment_counts


def paid(
    session: Session, order: "Order", *, payment_counts: "dict[int, int] | None" = None
) -> int:
    if payment_counts is None:
        payment_counts = payment_counts_by_order_id(session, [order])
    return payment_counts.get(order.id, 0)


def all_paid(session: Session, orders: List["Order"]) -> List[int]:
    payment_counts = payment_counts_by_order_id(session, orders)
    return [paid(session, order, payment_counts=payment_counts) for order in orders]
