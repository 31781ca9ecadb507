"""A Result gives its rows once; a list would give them each time."""

from sqlalchemy import select

from shop.models import Country, Order


def first_and_rest(session):
    found = []
    for order in session.query(Order).order_by(Order.id):
        codes = session.scalars(select(Country.code).order_by(Country.code))  # found: hoist-invariant (query-in-one-place)
        for code in codes:
            break
        found.append((order.id, list(codes)))
    return found


def twice(session):
    found = []
    for order in session.query(Order).order_by(Order.id):
        codes = session.scalars(select(Country.code).order_by(Country.code))  # found: hoist-invariant (query-in-one-place)
        for number in (1, 2):
            found.append((order.id, number, [code for code in codes]))
    return found
