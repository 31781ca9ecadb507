"""What the helper writes before its second query would come after it."""

from shop.models import OrderLine, Payment, Tag


def settle(session, order_id: int):
    lines = session.query(OrderLine).filter(OrderLine.order_id == order_id).count()
    session.add(Tag(name=f"settled {order_id}"))
    payments = session.query(Payment).filter(Payment.order_id == order_id).count()
    return lines, payments


def settle_all(session, order_ids: list[int]):
    return [settle(session, each) for each in order_ids]  # found: batch-helper (nothing-written-between)
