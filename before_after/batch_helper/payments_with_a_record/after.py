"""Each payment of a file is recorded by a method that adds a row of its own."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Optional

from sqlalchemy.orm import Session

from shop.models import AuditLog, Order, Payment


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Orders:
    def __init__(self, session: Session):
        self.session = session

    def orders_by_number(self, numbers: Iterable[str]) -> dict[str, Order]:
        """Fetch what by_number() looks up for all of these numbers."""
        orders: dict[str, Order] = {}
        for chunk in _chunks(numbers):
            for order in self.session.query(Order).filter(Order.number.in_(chunk)):
                orders[order.number] = order
        return orders

    def by_number(self, number: str, *, orders: Optional[dict[str, Order]] = None):
        if orders is None:
            orders = self.orders_by_number([number])
        return orders.get(number)


class Audit:
    def __init__(self, session: Session):
        self.session = session

    def record(self, action, order_id):
        self.session.add(
            AuditLog(
                entity_type="order",
                entity_id=str(order_id),
                action=action,
                timestamp=datetime(2024, 1, 1),
            )
        )


class PaymentImport:
    def __init__(self, session: Session):
        self.session = session
        self.orders = Orders(session)
        self.audit = Audit(session)

    def run(self, numbers: list[str]):
        unknown = []
        orders = self.orders.orders_by_number(numbers)
        for number in numbers:
            order = self.orders.by_number(number, orders=orders)
            if order is None:
                unknown.append(number)
                continue
            self.session.add(Payment(order_id=order.id, method="file", amount=1))
            self.audit.record("paid", order.id)
        self.session.commit()
        return unknown
