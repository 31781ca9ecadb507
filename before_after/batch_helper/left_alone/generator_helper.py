"""A generator asks when it is gone through, which may be after a write."""

from shop.models import OrderLine


def quantities(session, order_id: int):
    for line in session.query(OrderLine).filter(OrderLine.order_id == order_id).order_by(OrderLine.id):
        yield line.quantity


def largest(session, order_ids: list[int]):
    found = []
    for order_id in order_ids:
        found.append(max(quantities(session, order_id)))  # found: batch-helper (takes-a-parameter)
    return found
