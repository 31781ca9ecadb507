"""A row is found in a dict, which the loop may change under another name, or which has no row for
some items that are looked up all the same."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.models import Order, OrderLine


def orders_by_number(session: Session, numbers: list[str]) -> dict[str, Order]:
    found = session.scalars(select(Order).where(Order.number.in_(numbers)))
    return {order.number: order for order in found}


def find_order(session: Session, number: str, *, orders: dict[str, Order] | None = None) -> Order | None:
    if orders is None:
        orders = orders_by_number(session, [number])
    return orders.get(number)


def lines_of(session: Session, order_id: int) -> int:
    return session.scalar(select(func.count(OrderLine.id)).where(OrderLine.order_id == order_id)) or 0


def by_another_name(session: Session, numbers: list[str], spare: Order) -> list[int]:
    counts = []
    orders = orders_by_number(session, numbers)
    known = orders
    for number in numbers:
        known.setdefault(number, spare)
        order = find_order(session, number, orders=orders)
        if order is not None:
            counts.append(lines_of(session, order.id))  # found: batch-helper (keys-known-before)
    return counts


class Kept:
    def __init__(self, orders: dict[str, Order]) -> None:
        self.orders = orders

    def put(self, number: str, order: Order) -> None:
        self.orders[number] = order


def by_an_object(session: Session, numbers: list[str], spare: Order) -> list[int]:
    counts = []
    orders = orders_by_number(session, numbers)
    kept = Kept(orders)
    for number in numbers:
        kept.put(number, spare)
        order = find_order(session, number, orders=orders)
        if order is not None:
            counts.append(lines_of(session, order.id))  # found: batch-helper (keys-known-before)
    return counts


def another_key(session: Session, numbers: list[str], spare: int) -> list[int]:
    counts = []
    orders = orders_by_number(session, numbers)
    for number in numbers:
        order = find_order(session, number, orders=orders)
        counts.append(lines_of(session, order.id if order else spare))  # found: batch-helper (keys-known-before)
    return counts


class Finder:
    def __init__(self, session: Session) -> None:
        self.session = session

    def find(self, number: str, *, orders: dict[str, Order] | None = None) -> Order | None:
        if orders is None:
            orders = orders_by_number(self.session, [number])
        return orders.get(number)


class Newest(Finder):
    def find(self, number: str, *, orders: dict[str, Order] | None = None) -> Order | None:
        return self.session.scalars(select(Order).order_by(Order.id.desc())).first()


def by_one_of_two(session: Session, finder: Finder, numbers: list[str]) -> list[int]:
    counts = []
    orders = orders_by_number(session, numbers)
    for number in numbers:
        order = finder.find(number, orders=orders)
        if order is not None:
            counts.append(lines_of(session, order.id))  # found: batch-helper (keys-known-before)
    return counts


def order_or_error(
    session: Session, number: str, strict: bool, *, orders: dict[str, Order] | None = None
) -> Order | None:
    if orders is None:
        orders = orders_by_number(session, [number])
    order = orders.get(number)
    if order is None and strict:
        raise ValueError(number)
    return order


def raising_at_times(session: Session, numbers: list[str]) -> list[int]:
    counts = []
    orders = orders_by_number(session, numbers)
    for number in numbers:
        order = order_or_error(session, number, False, orders=orders)
        if order is None:
            continue
        counts.append(lines_of(session, order.id))  # found: batch-helper (keys-known-before)
    return counts
