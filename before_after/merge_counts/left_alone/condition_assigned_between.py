"""What the second count filters by is not known yet where the first one is sent."""

from sqlalchemy import func

from shop.models import Order


def of_the_last(session):
    last = session.query(func.max(Order.id)).scalar()
    before = session.query(func.count(Order.id)).filter(Order.id < last).scalar()
    return last, before


def of_a_variable(session, limit):
    first = session.query(Order).filter(Order.total > limit).count()
    limit = limit * 2
    second = session.query(Order).filter(Order.total > limit).count()
    return first, second


def of_an_attribute(session, options):
    first = session.query(Order).filter(Order.total > options.limit).count()
    options.limit += 1
    second = session.query(Order).filter(Order.total > options.limit).count()
    return first, second


def of_a_list(session):
    ids = [1, 2]
    first = session.query(Order).filter(Order.id.in_(ids)).count()
    ids.append(3)
    second = session.query(Order).filter(Order.customer_id.in_(ids)).count()
    return first, second


def of_a_loop(session, limits):
    small = session.query(Order).filter(Order.total < 1)
    limit = 1
    large = session.query(Order).filter(Order.total > limit)
    result = []
    for limit in limits:
        result.append((small.count(), large.count()))
    return result
