"""What is found goes into a named tuple, which does nothing with it."""

from typing import NamedTuple

from sqlalchemy import select

from shop.models import Address, Order


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Parcel(NamedTuple):
    order: Order
    address: Address | None
    weight: int = 1


def parcels(session):
    found = []
    orders = session.scalars(select(Order).order_by(Order.id)).all()
    addresses = {}
    for ids in _chunks(order.address_id for order in orders if order.address_id is not None):
        for address in session.scalars(select(Address).where(Address.id.in_(ids))):
            addresses[address.id] = address
    for order in orders:
        address = addresses.get(order.address_id)
        found.append(Parcel(order, address))
    return [
        (each.order.number, each.address.city if each.address else None, each.weight)
        for each in found
    ]
