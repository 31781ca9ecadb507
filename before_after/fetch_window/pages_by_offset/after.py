"""The orders of a customer are exported page by page."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Order, Product


def exported(session: Session, size: int) -> list[str]:
    lines = []
    query = session.query(Order).filter(Order.total.isnot(None))
    # A page at a time, as there are many.
    for order in query.order_by(Order.placed_on, Order.id).yield_per(size):
        if order.customer_id is None:
            continue
        lines.append(f"{order.number};{order.total}")
    return lines


def skus(session: Session) -> list[str]:
    found = []
    for product in session.scalars(
        select(Product).order_by(Product.id).execution_options(yield_per=7)
    ):
        found.append(product.sku)
    return found
