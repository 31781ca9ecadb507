"""The same key does not ask for the same, is no value, or is not answered at the call."""

import asyncio

from shop.db import SessionLocal
from shop.models import OrderLine
from sqlalchemy import func, select


class Prices:
    def __init__(self, session, minimum=0):
        self.session = session
        self.minimum = minimum

    def highest(self, quantity):
        query = self.session.query(func.max(OrderLine.unit_price))
        return query.filter(
            OrderLine.quantity < quantity, OrderLine.unit_price > self.minimum
        ).scalar()


def under_another_minimum(session, lines):
    prices, found = Prices(session), []
    for line in lines:
        prices.minimum = line["minimum"]
        found.append(prices.highest(line["quantity"]))
    return found


def in_other_sessions(lines):
    found = []
    for line in lines:
        with SessionLocal() as session:
            found.append(Prices(session).highest(line["quantity"]))
    return found


def of_line(session, line):
    query = session.query(func.max(OrderLine.unit_price))
    return query.filter(OrderLine.quantity < line.quantity, OrderLine.id != line.id).scalar()


def of_rows(session):
    lines = session.query(OrderLine).order_by(OrderLine.id).all()
    return [of_line(session, line) for line in lines]


async def highest(session, quantity):
    query = select(func.max(OrderLine.unit_price)).where(OrderLine.quantity < quantity)
    return (await session.execute(query)).scalar()


async def together(session, lines):
    return await asyncio.gather(*[highest(session, line["quantity"]) for line in lines])


def of_lists(session, lines):
    found = []
    for line in lines:
        query = session.query(OrderLine.id).filter(OrderLine.quantity.between(*[line["a"], line["b"]]))
        found.append(query.count())
    return found


def in_steps(session, lines):
    found = []
    for line in lines:
        query = session.query(OrderLine.id).filter(OrderLine.quantity < line["quantity"])
        if line["priced"]:
            query = query.filter(OrderLine.unit_price > 0)
        found.append(query.count())
    return found


def of_three(session):
    return [Prices(session).highest(line["quantity"]) for line in ({"quantity": 1}, {"quantity": 2})]


def handed_on(session, lines, consume):
    prices = Prices(session)
    return consume(prices.highest(line["quantity"]) for line in lines)


def lower_lines(session, quantity):
    yield from session.query(OrderLine).filter(OrderLine.quantity < quantity)


def generated(session, lines):
    return [len(list(lower_lines(session, line["quantity"]))) for line in lines]


def of_many(session, groups):
    found = []
    for group in groups:
        query = session.query(OrderLine.id).filter(OrderLine.product_id.in_(group["products"]))
        found.append(query.count())
        found.append(session.query(OrderLine).filter(OrderLine.id.in_(group["lines"])).count())
    return found


def announce(session, quantity):
    for line in session.query(OrderLine).filter(OrderLine.quantity < quantity).all():
        print(line.id)


def told(session, lines):
    for line in lines:
        announce(session, line["quantity"])


def until_there_is_one(session, limits):
    prices = Prices(session)
    limit = limits.pop()
    while prices.highest(limit["quantity"]) is None:
        limit = limits.pop()
    return limit
