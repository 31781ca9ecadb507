"""What the query compares with is another value each time, or what gives the items does more."""

import itertools

from shop.models import Customer, Order

tickets = itertools.count(1)


class Steps:
    def __init__(self):
        self.number = 0

    @property
    def following(self):
        self.number += 1
        return self.number

    def taken(self):
        self.number += 1
        return self.number


def ticket():
    return next(tickets)


def of_a_property(session, customers: list[Customer]):
    steps = Steps()
    return [
        session.query(Order).filter(Order.customer_id == customer.id, Order.id > steps.following).count()  # review: hoist-lookup (query-invariant)
        for customer in customers
    ]


def of_a_method(session, customers: list[Customer]):
    steps = Steps()
    return [
        session.query(Order).filter(Order.customer_id == customer.id, Order.id > steps.taken()).count()  # review: hoist-lookup (query-invariant)
        for customer in customers
    ]


def of_a_function(session, customers: list[Customer]):
    return [
        session.query(Order).filter(Order.customer_id == customer.id, Order.id > ticket()).count()  # review: hoist-lookup (query-invariant)
        for customer in customers
    ]


def of_a_function_inside(session, customers: list[Customer]):
    number = 0

    def more():
        nonlocal number
        number += 1
        return number

    return [
        session.query(Order).filter(Order.customer_id == customer.id, Order.id > more()).count()  # review: hoist-lookup (query-invariant)
        for customer in customers
    ]


def of_an_iterator(session, customers: list[Customer]):
    least = iter([1, 2, 3])
    return [
        session.query(Order).filter(Order.customer_id == customer.id, Order.id > next(least)).count()  # review: hoist-lookup (query-invariant)
        for customer in customers
    ]


def numbered(log):
    for number in (1, 2, 3):
        log.append(number)
        yield number


def told_as_it_goes(session):
    log = []
    found = []
    for number in numbered(log):
        order = session.query(Order).filter(Order.id == number).first()  # review: hoist-lookup (items-repeatable)
        found.append((order, len(log)))
    return found
