"""The project prefers joins for many-to-one relationships."""

from sqlalchemy.orm import joinedload

from shop.models import Order


def addresses(session, since):
    orders = (
        session.query(Order)
        .options(joinedload(Order.address))
        .filter(Order.placed_on >= since)
        .order_by(Order.id)
        .all()
    )
    result = []
    for order in orders:
        address = order.address
        result.append((order.number, address.city if address is not None else None))
    return result
