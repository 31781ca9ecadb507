"""Functions that the library calls with two arguments, or with none, write what the query reads."""

import operator
from itertools import starmap

from shop.models import Customer


class Bill:
    def __init__(self, session, customer):
        self.session, self.customer = session, customer

    def __radd__(self, other):
        self.session.delete(self.customer)
        return other

    def __add__(self, other):
        self.session.delete(self.customer)
        return other


def dropped(session, customer):
    session.delete(customer)
    return customer.id


def in_pairs(session, customers: list[Customer]):
    for customer in customers:
        list(starmap(dropped, [(session, customer)]))
        print(session.query(Customer).count())


def side_by_side(session, customers: list[Customer]):
    for customer in customers:
        list(map(dropped, [session], [customer]))
        print(session.query(Customer).count())


def one_by_one(session, customers: list[Customer]):
    for customer in customers:
        list(iter(lambda: dropped(session, customer), 3))
        print(session.query(Customer).count())


def by_its_name(session, customers: list[Customer]):
    for customer in customers:
        operator.call(dropped, session, customer)
        print(session.query(Customer).count())  # review: hoist-invariant (table-not-written)


def summed_up(session, customers: list[Customer]):
    for customer in customers:
        print(sum([Bill(session, customer)]))
        print(session.query(Customer).count())


def added(session, customers: list[Customer]):
    for customer in customers:
        print(operator.add(Bill(session, customer), 1))
        print(session.query(Customer).count())
