"""Two loops can fetch before they begin for certain, and two only perhaps, as they may be left."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import func

from shop.models import Customer, Order


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def order_counts_by_customer_id(session, customers: Iterable[Customer]) -> "dict[int | None, int]":
    """Fetch what orders_of() looks up for all of these customers."""
    order_counts: dict[int | None, int] = {}
    for customer_ids in _chunks(customer.id for customer in customers):
        for customer_id, count in (
            session.query(Order.customer_id, func.count())
            .filter(Order.customer_id.in_(customer_ids))
            .group_by(Order.customer_id)
        ):
            order_counts[customer_id] = count
    return order_counts


def orders_of(
    session, customer: Customer, *, order_counts: "dict[int | None, int] | None" = None
) -> int:
    if order_counts is None:
        order_counts = order_counts_by_customer_id(session, [customer])
    return order_counts.get(customer.id, 0)


def board(session):
    customers = session.query(Customer).order_by(Customer.id).all()
    order_counts = order_counts_by_customer_id(session, customers)
    return [
        (customer.name, orders_of(session, customer, order_counts=order_counts))
        for customer in customers
    ]


def report(session, limit):
    lines, first = [], None
    customers = session.query(Customer).order_by(Customer.id).all()
    order_counts = order_counts_by_customer_id(session, customers)
    for customer in customers:
        lines.append(f"{customer.name}: {orders_of(session, customer, order_counts=order_counts)}")
    customers_list = session.query(Customer).order_by(Customer.name, Customer.id).all()
    found_order_counts = order_counts_by_customer_id(session, customers_list)
    for customer in customers_list:
        if orders_of(session, customer, order_counts=found_order_counts) > limit:
            first = customer.name
            break
    return lines, first


def is_busy(session, limit):
    customers = session.query(Customer).order_by(Customer.id).all()
    order_counts = order_counts_by_customer_id(session, customers)
    for customer in customers:
        if orders_of(session, customer, order_counts=order_counts) > limit:
            return True
    return False


def lone(session, customer):
    return orders_of(session, customer)
