"""A table of orders reads the columns that it shows by their names, and two of them are relationships."""

from sqlalchemy.orm import selectinload

from shop.models import Order

SHOWN = ("number", "customer", "address")


def table(session):
    rows = []
    for order in (
        session.query(Order)
        .options(selectinload(Order.address), selectinload(Order.customer))
        .order_by(Order.id)
    ):
        rows.append([shown(getattr(order, name)) for name in SHOWN])
    return rows


def shown(value):
    return str(getattr(value, "id", value))
