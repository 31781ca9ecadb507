"""Each item has a transaction of its own: a query before the loop begins one that is in its way."""

from sqlalchemy import func, select

from shop.models import OrderLine


def count_in_transactions(session, order_ids: list[int]):
    counts = []
    for order_id in order_ids:
        with session.begin():
            counts.append(
                session.scalar(  # found: hoist-lookup (rows-stay-loaded)
                    select(func.count(OrderLine.id)).where(OrderLine.order_id == order_id)
                )
            )
    return counts


def begin_and_commit(session, order_ids: list[int]):
    counts = []
    for order_id in order_ids:
        session.begin()
        lines = select(func.count(OrderLine.id)).where(OrderLine.order_id == order_id)
        counts.append(session.scalar(lines))  # found: hoist-lookup (rows-stay-loaded)
        session.commit()
    return counts
