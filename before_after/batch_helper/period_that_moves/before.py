"""Two loops over the same customers count their orders, and the day changes in between."""

import datetime

from shop.models import Customer, Order


def orders_since(session, customer, day):
    return (
        session.query(Order)
        .filter(Order.customer_id == customer.id, Order.placed_on >= day)
        .count()
    )


def variable(session, day):
    customers = session.query(Customer).order_by(Customer.id).all()
    this_week = [orders_since(session, customer, day) for customer in customers]
    day += datetime.timedelta(days=1)
    next_week = [orders_since(session, customer, day) for customer in customers]
    return this_week, next_week


def item(session, day):
    options = {"day": day}
    customers = session.query(Customer).order_by(Customer.id).all()
    this_week = [orders_since(session, customer, options["day"]) for customer in customers]
    options["day"] += datetime.timedelta(days=1)
    next_week = [orders_since(session, customer, options["day"]) for customer in customers]
    return this_week, next_week


class Report:
    def __init__(self, session, day):
        self.session = session
        self.day = day

    def orders_of(self, customer: Customer):
        found = self.session.query(Order).filter(Order.customer_id == customer.id)
        return found.filter(Order.placed_on >= self.day).count()

    def move(self):
        self.day += datetime.timedelta(days=1)

    def by_method(self):
        customers = self.session.query(Customer).order_by(Customer.id).all()
        this_week = [self.orders_of(customer) for customer in customers]
        self.move()
        next_week = [self.orders_of(customer) for customer in customers]
        return this_week, next_week


def by_hand(session, day):
    report = Report(session, day)
    customers = session.query(Customer).order_by(Customer.id).all()
    this_week = [report.orders_of(customer) for customer in customers]
    same = report
    same.day += datetime.timedelta(days=1)
    next_week = [report.orders_of(customer) for customer in customers]
    return this_week, next_week


class Period:
    def __init__(self, day):
        self.day = day

    def move(self):
        self.day += datetime.timedelta(days=1)


def orders_in(session, customer, period):
    found = session.query(Order).filter(Order.customer_id == customer.id)
    return found.filter(Order.placed_on >= period.day).count()


def by_argument(session, day):
    period = Period(day)
    customers = session.query(Customer).order_by(Customer.id).all()
    this_week = [orders_in(session, customer, period) for customer in customers]
    period.move()
    next_week = [orders_in(session, customer, period) for customer in customers]
    return this_week, next_week


def kept(session, day):
    customers = session.query(Customer).order_by(Customer.id).all()
    numbers = {customer.id: orders_since(session, customer, day) for customer in customers}
    again = [orders_since(session, customer, day) for customer in customers]
    return numbers, again
