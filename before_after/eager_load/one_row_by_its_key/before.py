"""A row is got by its key, and its collections are gone through; one call has an option already."""

from sqlalchemy.orm import Session, selectinload

from shop.models import Order


def skus(session: Session, key: int) -> list[str]:
    order = session.get(Order, key)
    return [line.product.sku for line in order.lines] if order is not None else []


def reviewed(session: Session, key: int) -> list[str]:
    order = session.get(Order, key, options=[selectinload(Order.payments)])
    if order is None:
        return []
    methods = [payment.method for payment in order.payments]
    return methods + [line.product.name for line in order.lines]
