"""There is no place for a loop before the query."""

from shop.models import Order


def orders(session, order_ids: list[int], wanted):
    query = session.query(Order).filter(Order.id.in_(order_ids))  # found: chunk-in-list (writable)
    if not order_ids:
        return 0
    elif len(session.query(Order).filter(Order.id.in_(order_ids)).all()) > 1:  # found: chunk-in-list (writable)
        return 1
    if wanted and len(session.query(Order).filter(Order.id.in_(order_ids)).all()) > 1:  # found: chunk-in-list (writable)
        return 2
    return len(query.all())
