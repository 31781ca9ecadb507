"""The orders of a customer are exported page by page."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Order, Product


def exported(session: Session, size: int) -> list[str]:
    lines = []
    query = session.query(Order).filter(Order.total.isnot(None))
    start = 0
    # A page at a time, as there are many.
    while True:
        orders = query.order_by(Order.placed_on, Order.id).offset(start).limit(size).all()
        if not orders:
            break
        for order in orders:
            if order.customer_id is None:
                continue
            lines.append(f"{order.number};{order.total}")
        start += size
    return lines


def skus(session: Session) -> list[str]:
    found = []
    done = 0
    while True:
        page = session.scalars(select(Product).order_by(Product.id).limit(7).offset(done)).all()
        if len(page) == 0:
            break
        for product in page:
            found.append(product.sku)
        done += 7
    return found
