"""Queries of orders."""

from sqlalchemy import func

from entities import Order


class OrderRepository:
    def __init__(self, session):
        self._session = session

    def numbers(self, minimum=0):
        large = self._session.query(func.count(Order.id)).filter(Order.total > minimum)
        return {
            "large": large.scalar(),
            "large with address": large.filter(Order.address_id.isnot(None)).scalar(),
        }
