"""Queries of orders."""

from sqlalchemy.orm import selectinload

from shop.models import Order


def with_lines(session):
    return session.query(Order).options(selectinload(Order.lines))
