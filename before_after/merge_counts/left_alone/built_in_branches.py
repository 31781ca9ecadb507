"""The query that one count begins with is another one by the time of the next."""

from shop.models import Order, Tag


def narrowed(session, wanted):
    query = session.query(Tag)
    if wanted:
        query = query.filter(Tag.uses > 3)
    first = query.count()
    if first > 10:
        query = query.filter(Tag.uses > 5)
    return first, query.count()


def replaced(session, wanted):
    query = session.query(Order)
    if wanted:
        query = query.filter(Order.total > 3)
    first = query.filter(Order.id > 1).count()
    second = session.query(Order).filter(Order.id > 2).count()
    return first, second
