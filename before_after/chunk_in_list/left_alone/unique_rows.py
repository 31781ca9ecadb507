"""What comes twice is left out of all rows together, and not of those of each part."""

from sqlalchemy import select

from shop.models import Order


def orders(session, order_ids: list[int]):
    found = session.scalars(select(Order).where(Order.id.in_(order_ids)))  # found: chunk-in-list (rows-add-up)
    return found.unique().all()
