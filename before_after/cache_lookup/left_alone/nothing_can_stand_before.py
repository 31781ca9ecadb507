"""There is no place for the dict, or for the key, before the loop."""

from shop.models import OrderLine
from sqlalchemy import func


def highest(session, quantity):
    query = session.query(func.max(OrderLine.unit_price))
    return query.filter(OrderLine.quantity < quantity).scalar()


def computed(session, lines):
    return [highest(session, int(line["quantity"])) for line in lines]  # found: cache-lookup (writable)


def otherwise(session, lines, known):
    if known:
        return known
    elif any(highest(session, line["quantity"]) for line in lines):  # found: cache-lookup (writable)
        return lines
    return []
