"""Existence checks next to a count: they stop early, a count does not."""

from sqlalchemy import case, func

from shop.models import Order, OrderStatus


def flags(session, customer_id):
    query = session.query(Order).filter(Order.customer_id == customer_id)
    total, unpaid_count, shipped_count, gifts_count = query.with_entities(
        func.count(),
        func.count(case((Order.status == OrderStatus.NEW, 1))),
        func.count(case((Order.status == OrderStatus.SHIPPED, 1))),
        func.count(case((Order.total.is_(None), 1))),
    ).one()
    has_unpaid = unpaid_count > 0
    none_shipped = shipped_count == 0
    has_gifts = gifts_count > 0
    return total, has_unpaid, none_shipped, has_gifts
