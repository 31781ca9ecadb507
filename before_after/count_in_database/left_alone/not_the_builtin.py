"""`len` is a function of this module."""

from shop.models import Order


def len(rows):
    return max(row.id for row in rows)


def newest(session):
    return len(session.query(Order).all())
