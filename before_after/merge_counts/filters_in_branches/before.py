"""A query built step by step under conditions, ordered for the page, and counted twice."""

from shop.models import Order


def page(session, customer_id=None, numbers=None):
    query = session.query(Order).order_by(Order.placed_on)
    if customer_id is not None:
        query = query.filter(Order.customer_id == customer_id)
    if numbers:
        query = query.filter(Order.number.in_(numbers)).order_by(Order.id)
    total = query.count()
    gifts = query.filter(Order.total.is_(None)).count()
    first = query.limit(3).all()
    return {"total": total, "gifts": gifts, "first": len(first)}
