"""A service is handed a unit of work, which makes its session and its repositories where it is
entered."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.models import Customer, Order


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Customers:
    def __init__(self, session: Session) -> None:
        self.session = session

    def everybody(self):
        return self.session.execute(select(Customer).order_by(Customer.id)).scalars().all()


class Orders:
    def __init__(self, session: Session) -> None:
        self.session = session

    def order_counts_by_customer_id(self, customer_ids: Iterable[int]) -> "dict[int | None, int]":
        """Fetch what number_of() looks up for all of these customer ids."""
        order_counts: dict[int | None, int] = {}
        for chunk in _chunks(customer_ids):
            for customer_id, count in self.session.execute(
                select(Order.customer_id, func.count(Order.id))
                .where(Order.customer_id.in_(chunk))
                .group_by(Order.customer_id)
            ):
                order_counts[customer_id] = count
        return order_counts

    def number_of(
        self, customer_id: int, *, order_counts: "dict[int | None, int] | None" = None
    ) -> int:
        if order_counts is None:
            order_counts = self.order_counts_by_customer_id([customer_id])
        return order_counts.get(customer_id, 0)


class UnitOfWork:
    session: Session

    def __init__(self, make_session) -> None:
        self._make_session = make_session

    def __enter__(self) -> "UnitOfWork":
        self.session = self._make_session()
        self.customers = Customers(self.session)
        self.orders = Orders(self.session)
        return self

    def __exit__(self, kind, error, trace) -> None:
        self.session.rollback()


class Statistics:
    def __init__(self, work: UnitOfWork) -> None:
        self.work = work

    def orders_by_customer(self) -> dict[int, int]:
        numbers = {}
        customers = self.work.customers.everybody()
        order_counts = self.work.orders.order_counts_by_customer_id(
            [customer.id for customer in customers]
        )
        for customer in customers:
            numbers[customer.id] = self.work.orders.number_of(
                customer.id, order_counts=order_counts
            )
        return numbers
