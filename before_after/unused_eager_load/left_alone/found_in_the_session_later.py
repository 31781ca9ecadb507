"""The rows stay in the session, where who called may find them with what was loaded."""

from shop.models import Order
from sqlalchemy.orm import contains_eager, joinedload, load_only, selectinload


def numbers(session):
    orders = session.query(Order).options(
        selectinload(Order.lines)  # review: unused-eager-load (not-read-later)
    )
    return [order.number for order in orders]


def otherwise(session, deep):
    options = [joinedload(Order.customer)] if deep else []
    some = session.query(Order).options(*options).all()
    others = session.query(Order).options(load_only(Order.number)).all()
    joined = session.query(Order).join(Order.lines).options(contains_eager(Order.lines)).all()
    query = session.query(Order)
    if deep:
        query = query.options(selectinload(Order.lines))
    return [order.number for order in (*some, *others, *joined, *query)]
