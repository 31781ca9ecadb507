"""The class of the helper has a method that is called `list`, as a class of annotations is."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, List

from sqlalchemy.orm import Session

from shop.models import Customer, Order


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Orders:
    def __init__(self, session: Session) -> None:
        self.session = session

    def list(self) -> Sequence[Order]:
        return self.session.query(Order).order_by(Order.id).all()

    def orders_by_customer_id(self, customer_ids: Iterable[int]) -> "dict[int | None, List[Order]]":
        """Fetch what of() looks up for all of these customer ids."""
        orders: dict[int | None, list[Order]] = {}
        for chunk in _chunks(customer_ids):
            for order in (
                self.session.query(Order).filter(Order.customer_id.in_(chunk)).order_by(Order.id)
            ):
                orders.setdefault(order.customer_id, []).append(order)
        return orders

    def of(
        self, customer_id: int, *, orders: "dict[int | None, List[Order]] | None" = None
    ) -> Sequence[Order]:
        if orders is None:
            orders = self.orders_by_customer_id([customer_id])
        return list(orders.get(customer_id, []))


def numbers(session: Session) -> dict[str, Sequence[str]]:
    orders = Orders(session)
    listed: dict[str, Sequence[str]] = {}
    customers = session.query(Customer).order_by(Customer.id).all()
    found_orders = orders.orders_by_customer_id([customer.id for customer in customers])
    for customer in customers:
        listed[customer.email] = [
            order.number for order in orders.of(customer.id, orders=found_orders)
        ]
    return listed
