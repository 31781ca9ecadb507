"""The bound is computed in the loop, but not from its item: every customer has the same window."""

from shop.models import Order


def newer_orders(session, customer_ids: "list[int]", last_seen: int):
    found = []
    for customer_id in customer_ids:
        first = last_seen + 1
        query = session.query(Order).filter(Order.customer_id == customer_id)
        found.append(query.filter(Order.id >= first).order_by(Order.id).all())
    return found
