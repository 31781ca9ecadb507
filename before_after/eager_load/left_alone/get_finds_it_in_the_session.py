"""session.get() may find the row in the session, where no option has any effect."""

from sqlalchemy.orm import Session

from shop.models import Order


def skus(session: Session, key):
    open_orders = session.query(Order).filter(Order.status != "paid").count()
    orders = session.query(Order).order_by(Order.id).all()
    order = session.get(Order, key)
    found = [line.product.sku for line in order.lines]  # found: eager-load (query-takes-options)
    return open_orders, len(orders), found


def of_each(session: Session, keys: list[int]):
    found = []
    for key in keys:
        order = session.get(Order, key)
        found.append([line.product.sku for line in order.lines])  # found: eager-load (query-takes-options)
    return found


def of_the_caller(session: Session, key, options):
    order = session.get(Order, key, options=options)
    return [line.product.sku for line in order.lines]  # found: eager-load (query-takes-options)


def read_anew(session: Session, key):
    order = session.get(Order, key, populate_existing=True)
    return [line.product.sku for line in order.lines]  # found: eager-load (query-takes-options)
