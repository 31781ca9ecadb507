"""A listener that hides rows of a class does not know of a query for its keys, its numbers or some rows of each."""

from sqlalchemy import event
from sqlalchemy.orm import Query

from shop.models import Order


@event.listens_for(Query, "before_compile", retval=True)
def only_paid(query):
    for described in query.column_descriptions:
        if described["type"] is Order:
            query = query.filter(Order.total > 0)
    return query


def numbers(session, customer_ids: list[int]):
    return [
        session.query(Order).filter(Order.customer_id == key).count()  # review: hoist-lookup (same-rows)
        for key in customer_ids
    ]


def buyers(session, customer_ids: list[int]):
    found = []
    for key in customer_ids:
        if session.query(Order).filter(Order.customer_id == key).first() is not None:  # review: hoist-lookup (same-rows)
            found.append(key)
    return found


def latest(session, customer_ids: list[int]):
    return [
        session.query(Order).filter(Order.customer_id == key).order_by(Order.id.desc()).first()  # review: hoist-lookup (same-rows)
        for key in customer_ids
    ]


def last_two(session, customer_ids: list[int]):
    return [
        session.query(Order).filter(Order.customer_id == key).order_by(Order.id.desc()).limit(2).all()  # review: hoist-lookup (same-rows)
        for key in customer_ids
    ]
