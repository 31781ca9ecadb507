"""Strings in options raise on SQLAlchemy 2.0, and the rewrite does not."""

from sqlalchemy.orm import joinedload, load_only

from shop.models import Customer, Order


def loaded(session):
    orders = session.query(Order).options(joinedload("lines.product")).all()  # review: modernize-loading (works-today)
    names = session.query(Customer).options(load_only("id", "name")).all()  # review: modernize-loading (works-today)
    lines = session.query(Order).options(joinedload(Order.lines).load_only("quantity")).all()  # review: modernize-loading (works-today)
    return orders, names, lines


def with_arguments(session):
    query = session.query(Order).options(joinedload("customer", innerjoin=True))  # review: modernize-loading (works-today)
    return query.options(joinedload("lines.product", innerjoin=True)).all()  # found: modernize-loading (works-today)
