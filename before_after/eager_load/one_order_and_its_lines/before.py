"""One order is found; the products of its lines are read one by one."""

from shop.models import Order


def skus(session, number):
    order = session.query(Order).filter_by(number=number).one_or_none()
    if order is None:
        return []
    return [line.product.sku for line in order.lines if line.product is not None]
