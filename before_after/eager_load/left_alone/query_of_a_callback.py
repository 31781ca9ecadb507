"""A function is called back with the queries that it counts and lists: none stands in its call."""

from shop.models import Order


def page(query):
    print(query.count())
    return [order.customer for order in query]  # found: eager-load (query-takes-options)


def pages(session):
    newest = session.query(Order).order_by(Order.placed_on.desc(), Order.id)
    return list(map(page, [newest]))
