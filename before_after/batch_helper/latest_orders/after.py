"""The last order of a customer is the first one by date and id, backwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import func

from shop.models import Customer, Order


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Mailing:
    """Texts for customers."""

    def __init__(self, session) -> None:
        self.session = session

    @classmethod
    def of(cls, session) -> Mailing:
        return cls(session)

    def orders_by_customer_id(self, customers: Iterable[Customer]) -> dict[int | None, Order]:
        """Fetch what get_last_order() looks up for all of these customers."""
        orders: dict[int | None, Order] = {}
        for customer_ids in _chunks(customer.id for customer in customers):
            ranked = (
                self.session.query(
                    Order.id,
                    func.row_number()
                    .over(
                        partition_by=Order.customer_id,
                        order_by=[Order.placed_on.desc(), Order.id.desc()],
                    )
                    .label("position"),
                )
                .filter(Order.customer_id.in_(customer_ids))
                .subquery()
            )
            for order in (
                self.session.query(Order)
                .join(ranked, Order.id == ranked.c.id)
                .filter(ranked.c.position == 1)
            ):
                orders[order.customer_id] = order
        return orders

    def get_last_order(
        self, customer: Customer, *, orders: dict[int | None, Order] | None = None
    ) -> Order | None:
        if orders is None:
            orders = self.orders_by_customer_id([customer])
        return orders.get(customer.id)

    def lines(self) -> list[str]:
        customers = self.session.query(Customer).order_by(Customer.id).all()
        lines = []
        while customers:
            customer = customers.pop()
            lines.append(self._line(customer, None))
        return lines

    def _line(self, customer: Customer, order: Order | None) -> str:
        return f"{customer.email}: {order.number if order else '-'}"

    def last_orders(self) -> list[str]:
        customers = self.session.query(Customer).order_by(Customer.name, Customer.id).all()
        orders = self.orders_by_customer_id(customers)
        return [
            self._line(customer, self.get_last_order(customer, orders=orders))
            # all of them, in the order of their names
            for customer in customers
        ]
