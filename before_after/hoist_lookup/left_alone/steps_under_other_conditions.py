"""What a step of the query depends on changes from item to item, or decides about the order."""

from shop.models import Order


def growing(session, customer_ids: list[int], strict):
    result, seen = [], []
    for customer_id in customer_ids:
        query = session.query(Order).filter(Order.customer_id == customer_id)
        if seen:
            query = query.filter(Order.total.isnot(None))
        result.append(query.count())  # found: hoist-lookup (writable)
        seen.append(customer_id)
    return result


def ordered(session, customer_ids: list[int], newest):
    result = []
    for customer_id in customer_ids:
        query = session.query(Order).filter(Order.customer_id == customer_id)
        if newest:
            query = query.order_by(Order.id.desc())
        order = query.first()  # found: hoist-lookup (keys-known-before)
        result.append(order.number if order else None)
    return result


def narrowed(session, customer_ids: list[int], narrow):
    result = []
    for customer_id in customer_ids:
        query = session.query(Order)
        if narrow:
            query = query.filter(Order.customer_id == customer_id)
        result.append(query.count())  # found: hoist-lookup (keys-known-before)
    return result


def kept(session, customer_ids: list[int], priced):
    query = None
    for customer_id in customer_ids:
        query = session.query(Order).filter(Order.customer_id == customer_id)
        if priced:
            query = query.filter(Order.total.isnot(None))
        print(query.count())  # found: hoist-lookup (writable)
    return query
