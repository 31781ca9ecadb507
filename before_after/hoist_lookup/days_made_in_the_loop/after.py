"""A part of the key is made in the loop of what an inner loop counts."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from shop.models import Customer, Order
from sqlalchemy import func, tuple_
from sqlalchemy.orm import Session


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def orders_of_days(session: Session, start: date) -> list[tuple[str, date, int]]:
    found = []
    customers = session.query(Customer).order_by(Customer.id).all()
    order_counts: dict[tuple[int | None, date], int] = {}
    for customer_id_and_placed_ons in _chunks(
        (customer.id, start + timedelta(days=offset))
        for customer in customers
        for offset in range(20)
    ):
        for customer_id, placed_on, count in (
            session.query(Order.customer_id, Order.placed_on, func.count())
            .filter(tuple_(Order.customer_id, Order.placed_on).in_(customer_id_and_placed_ons))
            .group_by(Order.customer_id, Order.placed_on)
        ):
            order_counts[(customer_id, placed_on)] = count
    for customer in customers:
        for offset in range(20):
            day = start + timedelta(days=offset)
            number = order_counts.get((customer.id, day), 0)
            found.append((customer.email, day, number))
    return found
