"""Two loops over the same customers count their orders, and the day changes in between."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import func

from shop.models import Customer, Order


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def order_counts_by_customer_id(session, customers, day):
    """Fetch what orders_since() looks up for all of these customers."""
    order_counts = {}
    for customer_ids in _chunks(customer.id for customer in customers):
        for customer_id, count in (
            session.query(Order.customer_id, func.count())
            .filter(Order.customer_id.in_(customer_ids), Order.placed_on >= day)
            .group_by(Order.customer_id)
        ):
            order_counts[customer_id] = count
    return order_counts


def orders_since(session, customer, day, *, order_counts=None):
    if order_counts is None:
        order_counts = order_counts_by_customer_id(session, [customer], day)
    return order_counts.get(customer.id, 0)


def variable(session, day):
    customers = session.query(Customer).order_by(Customer.id).all()
    order_counts = order_counts_by_customer_id(session, customers, day)
    this_week = [
        orders_since(session, customer, day, order_counts=order_counts) for customer in customers
    ]
    day += datetime.timedelta(days=1)
    found_order_counts = order_counts_by_customer_id(session, customers, day)
    next_week = [
        orders_since(session, customer, day, order_counts=found_order_counts)
        for customer in customers
    ]
    return this_week, next_week


def item(session, day):
    options = {"day": day}
    customers = session.query(Customer).order_by(Customer.id).all()
    order_counts = order_counts_by_customer_id(session, customers, options["day"])
    this_week = [
        orders_since(session, customer, options["day"], order_counts=order_counts)
        for customer in customers
    ]
    options["day"] += datetime.timedelta(days=1)
    found_order_counts = order_counts_by_customer_id(session, customers, options["day"])
    next_week = [
        orders_since(session, customer, options["day"], order_counts=found_order_counts)
        for customer in customers
    ]
    return this_week, next_week


class Report:
    def __init__(self, session, day):
        self.session = session
        self.day = day

    def order_counts_by_customer_id(self, customers: Iterable[Customer]) -> "dict[int | None, int]":
        """Fetch what orders_of() looks up for all of these customers."""
        order_counts: dict[int | None, int] = {}
        for customer_ids in _chunks(customer.id for customer in customers):
            for customer_id, count in (
                self.session.query(Order.customer_id, func.count())
                .filter(Order.customer_id.in_(customer_ids))
                .filter(Order.placed_on >= self.day)
                .group_by(Order.customer_id)
            ):
                order_counts[customer_id] = count
        return order_counts

    def orders_of(self, customer: Customer, *, order_counts: "dict[int | None, int] | None" = None):
        if order_counts is None:
            order_counts = self.order_counts_by_customer_id([customer])
        return order_counts.get(customer.id, 0)

    def move(self):
        self.day += datetime.timedelta(days=1)

    def by_method(self):
        customers = self.session.query(Customer).order_by(Customer.id).all()
        order_counts = self.order_counts_by_customer_id(customers)
        this_week = [self.orders_of(customer, order_counts=order_counts) for customer in customers]
        self.move()
        found_order_counts = self.order_counts_by_customer_id(customers)
        next_week = [
            self.orders_of(customer, order_counts=found_order_counts) for customer in customers
        ]
        return this_week, next_week


def by_hand(session, day):
    report = Report(session, day)
    customers = session.query(Customer).order_by(Customer.id).all()
    order_counts = report.order_counts_by_customer_id(customers)
    this_week = [report.orders_of(customer, order_counts=order_counts) for customer in customers]
    same = report
    same.day += datetime.timedelta(days=1)
    found_order_counts = report.order_counts_by_customer_id(customers)
    next_week = [
        report.orders_of(customer, order_counts=found_order_counts) for customer in customers
    ]
    return this_week, next_week


class Period:
    def __init__(self, day):
        self.day = day

    def move(self):
        self.day += datetime.timedelta(days=1)


def load_orders_in_data(session, customers, period):
    """Fetch what orders_in() looks up for all of these customers."""
    order_counts = {}
    for customer_ids in _chunks(customer.id for customer in customers):
        for customer_id, count in (
            session.query(Order.customer_id, func.count())
            .filter(Order.customer_id.in_(customer_ids))
            .filter(Order.placed_on >= period.day)
            .group_by(Order.customer_id)
        ):
            order_counts[customer_id] = count
    return order_counts


def orders_in(session, customer, period, *, order_counts=None):
    if order_counts is None:
        order_counts = load_orders_in_data(session, [customer], period)
    return order_counts.get(customer.id, 0)


def by_argument(session, day):
    period = Period(day)
    customers = session.query(Customer).order_by(Customer.id).all()
    order_counts = load_orders_in_data(session, customers, period)
    this_week = [
        orders_in(session, customer, period, order_counts=order_counts) for customer in customers
    ]
    period.move()
    found_order_counts = load_orders_in_data(session, customers, period)
    next_week = [
        orders_in(session, customer, period, order_counts=found_order_counts)
        for customer in customers
    ]
    return this_week, next_week


def kept(session, day):
    customers = session.query(Customer).order_by(Customer.id).all()
    order_counts = order_counts_by_customer_id(session, customers, day)
    numbers = {
        customer.id: orders_since(session, customer, day, order_counts=order_counts)
        for customer in customers
    }
    again = [
        orders_since(session, customer, day, order_counts=order_counts) for customer in customers
    ]
    return numbers, again
