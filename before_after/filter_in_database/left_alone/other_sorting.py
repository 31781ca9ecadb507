"""Sorting that SQL does in another way, and sorting alone, which saves nothing."""

from shop.models import Customer, Order, Product


def by_name(session):
    return sorted(session.query(Customer).all(), key=lambda c: c.name)[:3]  # found: filter-in-database (same-value)


def by_stock(session):
    return sorted(session.query(Product).all(), key=lambda p: p.stock)[:3]  # found: filter-in-database (same-value)


def all_by_day(session):
    return sorted(session.query(Order).order_by(Order.id).all(), key=lambda o: o.placed_on)


def by_two(session):
    return sorted(session.query(Order).all(), key=lambda o: (o.placed_on, o.id))[:3]
