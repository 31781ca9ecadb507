"""Queries of orders."""

from sqlalchemy.orm import selectinload

from shop.models import Order, OrderLine


def with_lines(session):
    return session.query(Order).options(selectinload(Order.lines).selectinload(OrderLine.product))
