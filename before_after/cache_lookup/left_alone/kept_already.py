"""The code keeps what it has looked up, in one way or another."""

from functools import lru_cache

from shop.models import OrderLine, Product
from sqlalchemy import func


def highest(session, quantity):
    query = session.query(func.max(OrderLine.unit_price))
    return query.filter(OrderLine.quantity < quantity).scalar()


@lru_cache(maxsize=None)
def highest_ever(session, quantity):
    query = session.query(func.max(OrderLine.unit_price))
    return query.filter(OrderLine.quantity < quantity).scalar()


def by_test(session, lines):
    known, found = {}, []
    for line in lines:
        if line.quantity not in known:
            known[line.quantity] = highest(session, line.quantity)
        found.append(known[line.quantity])
    return found


def by_get(session, lines):
    known, found = {}, []
    for line in lines:
        price = known.get(line.quantity)
        if price is None:
            price = highest(session, line.quantity)
            known[line.quantity] = price
        found.append(price)
    return found


def by_setdefault(session, lines):
    known = {}
    return [
        known[line.quantity]
        if line.quantity in known
        else known.setdefault(line.quantity, highest(session, line.quantity))
        for line in lines
    ]


def by_decorator(session, lines):
    return [highest_ever(session, line.quantity) for line in lines]


def by_the_session(session, lines):
    return [session.get(Product, line["product_id"]) for line in lines]


def by_the_session_in_a_helper(session, lines):
    return [product(session, line["product_id"]) for line in lines]


def product(session, product_id):
    return session.get(Product, product_id)
