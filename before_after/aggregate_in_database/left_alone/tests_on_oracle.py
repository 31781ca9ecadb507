"""Oracle takes an EXISTS in a WHERE only."""
# pyproject: database = ["oracle"]

from shop.models import OrderLine


def has_many(session):
    return any(line.quantity > 5 for line in session.query(OrderLine))  # found: aggregate-in-database (database-takes-it)
