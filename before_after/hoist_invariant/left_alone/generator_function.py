"""Whoever consumes this generator may write orders between two items."""

from shop.models import Order


def numbered(session, names: list):
    for name in names:
        yield name, session.query(Order).count()  # review: hoist-invariant (not-suspended)
