"""The address is wanted for shipped orders only, so that the option may be for nothing."""

from sqlalchemy.orm import selectinload

from shop.models import Order, OrderStatus


def labels(db):
    labels = []
    for order in (
        db.query(Order)
        .options(selectinload(Order.address))
        .filter(Order.address_id.isnot(None))
        .order_by(Order.id)
    ):
        if order.status is OrderStatus.SHIPPED:
            labels.append("%s: %s" % (order.number, order.address.city))
    return labels
