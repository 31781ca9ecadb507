"""Orders since a day: other rows for each item, by an inequality."""

from shop.models import Order


def since(session, days: "list"):
    return [
        session.query(Order)  # found: hoist-lookup (keys-known-before)
        .filter(Order.placed_on <= day)
        .count()
        for day in days
    ]
