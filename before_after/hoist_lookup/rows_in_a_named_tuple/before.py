"""What is found goes into a named tuple, which does nothing with it."""

from typing import NamedTuple

from sqlalchemy import select

from shop.models import Address, Order


class Parcel(NamedTuple):
    order: Order
    address: Address | None
    weight: int = 1


def parcels(session):
    found = []
    for order in session.scalars(select(Order).order_by(Order.id)).all():
        address = session.scalars(select(Address).where(Address.id == order.address_id)).first()
        found.append(Parcel(order, address))
    return [
        (each.order.number, each.address.city if each.address else None, each.weight)
        for each in found
    ]
