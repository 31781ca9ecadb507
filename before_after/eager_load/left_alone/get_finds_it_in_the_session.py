"""session.get() may find the row in the session, where no option has any effect."""

from sqlalchemy.orm import Session

from shop.models import Order


def skus(session: Session, key):
    order = session.get(Order, key)
    return [line.product.sku for line in order.lines]  # found: eager-load (query-takes-options)
