"""A row is found in a dict, but is not what the key is read from, or has another key by then."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.models import Customer, Order, OrderLine


def orders_by_number(session: Session, numbers: list[str]) -> dict[str, Order]:
    found = session.scalars(select(Order).where(Order.number.in_(numbers)))
    return {order.number: order for order in found}


def lines_of(session: Session, order_id: int) -> int:
    return session.scalar(select(func.count(OrderLine.id)).where(OrderLine.order_id == order_id)) or 0


def customer_of(session: Session, customer_id: int) -> Customer | None:
    return session.scalars(select(Customer).where(Customer.id == customer_id)).first()


def another_row(session: Session, numbers: list[str], spare: Order) -> list[int]:
    counts = []
    orders = orders_by_number(session, numbers)
    for number in numbers:
        order = orders.get(number)
        order = spare
        if order is not None:
            counts.append(lines_of(session, order.id))  # found: batch-helper (keys-known-before)
    return counts


def another_dict(session: Session, numbers: list[str]) -> list[int]:
    counts = []
    orders = orders_by_number(session, numbers)
    older = orders_by_number(session, [f"old {number}" for number in numbers])
    for number in numbers:
        order = older.get(number)
        order = orders.get(number)
        if order is not None:
            counts.append(lines_of(session, order.id))  # found: batch-helper (keys-known-before)
    return counts


def related_meanwhile(session: Session, numbers: list[str], buyer: Customer) -> list[str]:
    names = []
    orders = orders_by_number(session, numbers)
    for number in numbers:
        order = orders.get(number)
        if order is None:
            continue
        customer = customer_of(session, order.customer_id)  # review: batch-helper (keys-known-before)
        names.append(customer.name if customer else "")
        for other in orders.values():
            other.customer = buyer
    return names


def not_flushed(session: Session, numbers: list[str]) -> list[int]:
    counts = []
    orders = {}
    for number in numbers:
        order = Order(number=number, status="new", placed_at=date(2026, 1, 1), lines=[OrderLine()])
        session.add(order)
        orders[number] = order
    for number in numbers:
        order = orders.get(number)
        if order is not None:
            counts.append(lines_of(session, order.id))  # review: batch-helper (keys-known-before)
    return counts


def not_flushed_in_a_list(session: Session, numbers: list[str]) -> list[int]:
    counts = []
    orders = []
    for number in numbers:
        order = Order(number=number, status="new", placed_at=date(2026, 1, 1), lines=[OrderLine()])
        session.add(order)
        orders.append(order)
    for order in orders:
        counts.append(1)
        counts.append(lines_of(session, order.id))  # review: batch-helper (keys-known-before)
    return counts


def same(orders: dict[str, Order]) -> dict[str, Order]:
    return orders


def put(orders: dict[str, Order], number: str, order: Order) -> None:
    orders[number] = order


def handed_back(session: Session, numbers: list[str], spare: Order) -> list[int]:
    counts = []
    known = orders_by_number(session, numbers)
    orders = same(known)
    for number in numbers:
        put(known, number, spare)
        order = orders.get(number)
        if order is not None:
            counts.append(lines_of(session, order.id))  # found: batch-helper (keys-known-before)
    return counts


KEPT: dict[str, dict[str, Order]] = {}


def keep(orders: dict[str, Order]) -> None:
    KEPT["orders"] = orders


def put_kept(number: str, order: Order) -> None:
    KEPT["orders"][number] = order


def kept_elsewhere(session: Session, numbers: list[str], spare: Order) -> list[int]:
    counts = []
    orders = orders_by_number(session, numbers)
    keep(orders)
    for number in numbers:
        put_kept(number, spare)
        order = orders.get(number)
        if order is not None:
            counts.append(lines_of(session, order.id))  # found: batch-helper (keys-known-before)
    return counts
