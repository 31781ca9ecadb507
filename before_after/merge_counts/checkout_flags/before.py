"""Existence checks next to a count: they stop early, a count does not."""

from shop.models import Order, OrderStatus


def flags(session, customer_id):
    query = session.query(Order).filter(Order.customer_id == customer_id)
    total = query.count()
    has_unpaid = query.filter(Order.status == OrderStatus.NEW).first() is not None
    none_shipped = query.filter(Order.status == OrderStatus.SHIPPED).first() is None
    has_gifts = session.query(query.filter(Order.total.is_(None)).exists()).scalar()
    return total, has_unpaid, none_shipped, has_gifts
