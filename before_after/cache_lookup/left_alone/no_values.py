"""What the function gets is no value, or a value that is made anew for each call."""

import asyncio

from shop.db import SessionLocal
from shop.models import OrderLine, Review
from sqlalchemy import func, select


def highest(session, quantity):
    query = session.query(func.max(OrderLine.unit_price))
    return query.filter(OrderLine.quantity < quantity).scalar()


def worst(session, product):
    return session.query(func.min(Review.rating)).filter(Review.product == product).scalar()


def dearer(session, product):
    query = session.query(func.count(OrderLine.id))
    return query.filter(OrderLine.unit_price > product.price).scalar()


async def highest_async(session, quantity):
    query = select(func.max(OrderLine.unit_price)).where(OrderLine.quantity < quantity)
    return (await session.execute(query)).scalar()


def of_rows(session):
    lines = session.query(OrderLine).order_by(OrderLine.id).all()
    return [worst(session, line.product) for line in lines]


def of_objects(session, lines):
    return [dearer(session, line["product"]) for line in lines]


def of_stacks(session, lines):
    return [highest(session, line["quantities"].pop()) for line in lines]


def of_attempts(session, attempts):
    for attempt in attempts:
        if highest(session, attempt["quantity"]):
            return attempt
    return None


def in_sessions(lines):
    found = []
    for line in lines:
        with SessionLocal() as session:
            found.append(highest(session, line["quantity"]))
    return found


async def later(session, lines):
    waiting = []
    for line in lines:
        waiting.append(highest_async(session, line["quantity"]))
    return await asyncio.gather(*waiting)


def lower(session, quantity):
    for line in session.query(OrderLine).filter(OrderLine.quantity < quantity).all():
        yield line.id


def generated(session, lines):
    found = []
    for line in lines:
        ids = lower(session, line["quantity"])
        found.append(sum(ids))
    return found
