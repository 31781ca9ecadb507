"""The query selects what the caller wants besides, and what its rows are like is not known."""

from shop.models import Order


def report(session, columns):
    lines = []
    for row in session.query(Order, *columns).order_by(Order.id):
        lines.append((row.Order.customer, row[1:]))  # review: eager-load (query-takes-options)
    return lines
