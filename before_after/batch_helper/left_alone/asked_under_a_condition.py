"""Whether the helper asks is known in it only; whether the loop calls it, in the loop only."""

from shop.models import OrderLine, Payment


def paid(session, order_id: int, limit: int):
    lines = session.query(OrderLine).filter(OrderLine.order_id == order_id).count()
    if describe(lines) > limit:
        return session.query(Payment).filter(Payment.order_id == order_id).count()
    return lines


def describe(number):
    width = 0
    for _ in f"{number} lines":
        width += 1
    return width


def all_paid(session, order_ids: list[int]):
    return [paid(session, each, 10) for each in order_ids]  # review: batch-helper (asked-every-time)


def first_paid(session, order_ids: list[int]):
    for order_id in order_ids:
        if paid(session, order_id, 10) > 3:  # review: batch-helper (asked-every-time)
            return order_id
    return None
