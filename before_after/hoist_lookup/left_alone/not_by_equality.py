"""Orders of other days: other rows for each item, by an inequality."""

from shop.models import Order


def of_other_days(session, days: "list"):
    return [
        session.query(Order)  # found: hoist-lookup (keys-known-before)
        .filter(Order.placed_on != day)
        .count()
        for day in days
    ]


def since(session, days: "list"):
    """A window, which has a rule of its own."""
    return [session.query(Order).filter(Order.placed_on <= day).count() for day in days]
