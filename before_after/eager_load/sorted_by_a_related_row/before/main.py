"""The rows of another file are sorted by what their relationship leads to."""

import orders


def by_city(session):
    found = sorted(orders.with_address(session), key=lambda order: (order.address.city, order.id))
    return [order.number for order in found]
