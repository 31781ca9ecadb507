"""The loop sends SQL as text, which may write what is looked up."""

from sqlalchemy import func, text

from shop.models import OrderLine


def highest(session, quantity):
    query = session.query(func.max(OrderLine.unit_price))
    return query.filter(OrderLine.quantity < quantity).scalar()


def raised(session, lines: list[dict]):
    for line in lines:
        price = highest(session, line["quantity"])  # review: cache-lookup (table-not-written)
        session.execute(text("UPDATE order_lines SET unit_price = :price"), {"price": price})
