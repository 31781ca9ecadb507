"""An annotated helper of a project that also runs on Python 3.8, where list[int] is an error."""

from typing import Dict, List

from sqlalchemy.orm import Session

from shop.models import Order, Payment


def balance(session: Session, order_id: int) -> Dict[str, object]:
    order = session.query(Order).filter(Order.id == order_id).one()
    payments = session.query(Payment).filter(Payment.order_id == order_id).count()
    return {"number": order.number, "payments": payments}


def balances(session: Session, keys: List[int]) -> List[Dict[str, object]]:
    return [balance(session, key) for key in keys]


def paid(session: Session, order: "Order") -> int:
    return session.query(Payment).filter(Payment.order_id == order.id).count()


def all_paid(session: Session, orders: List["Order"]) -> List[int]:
    return [paid(session, order) for order in orders]
