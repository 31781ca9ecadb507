"""Whether the helper asks a second time is decided by a function that only computes."""

from shop.models import OrderLine, Payment


def is_large(lines: int) -> bool:
    return lines >= 2


def size_of(session, order_id: int):
    lines = session.query(OrderLine).filter(OrderLine.order_id == order_id).count()
    if is_large(lines):
        return lines + session.query(Payment).filter(Payment.order_id == order_id).count()
    return lines


def sizes_of(session, order_ids: list[int]):
    return {each: size_of(session, each) for each in order_ids}
