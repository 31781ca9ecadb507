"""A repository for any class puts what it finds into a variable first, and logs nothing of it."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import func

from repository import Repository

from shop.models import Order, Supplier


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Imports:
    def __init__(self, session):
        self.suppliers = Repository(session, Supplier)
        self.orders = Repository(session, Order)
        self.session = session

    def known(self, names: dict[str, int]):
        found = {}
        known_names: set[str] = set()
        for chunk in _chunks(names):
            known_names.update(
                key
                for (key,) in self.suppliers.session.query(Supplier.name)
                .filter(Supplier.name.in_(chunk))
                .distinct()
            )
        for name in names:
            supplier = name in known_names
            found[name] = supplier
        return found

    def orders_of(self, customer_ids: list[int]):
        order_counts: dict[int | None, int] = {}
        for chunk in _chunks(customer_ids):
            for customer_id, count in (
                self.orders.session.query(Order.customer_id, func.count())
                .filter(Order.customer_id.in_(chunk))
                .group_by(Order.customer_id)
            ):
                order_counts[customer_id] = count
        return {key: order_counts.get(key, 0) for key in customer_ids}

    def busy(self, customer_ids: list[int]):
        order_counts: dict[int | None, int] = {}
        for chunk in _chunks(customer_ids):
            for customer_id, count in (
                self.orders.session.query(Order.customer_id, func.count())
                .filter(Order.customer_id.in_(chunk))
                .group_by(Order.customer_id)
            ):
                order_counts[customer_id] = count
        return [key for key in customer_ids if order_counts.get(key, 0) > 0]
