"""Queries of orders."""

from sqlalchemy import case, func

from entities import Order


class OrderRepository:
    def __init__(self, session):
        self._session = session

    def numbers(self, minimum=0):
        large = self._session.query(func.count(Order.id)).filter(Order.total > minimum)
        large_count, large_with_address_count = large.with_entities(
            func.count(Order.id),
            func.count(case((Order.address_id.isnot(None), 1))),
        ).one()
        return {
            "large": large_count,
            "large with address": large_with_address_count,
        }
