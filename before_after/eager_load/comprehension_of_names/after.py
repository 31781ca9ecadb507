"""The customer's name of each open order, in one comprehension over a query built in steps."""

from sqlalchemy.orm import selectinload

from shop.models import Order, OrderStatus


def names(session, vip_only=False):
    query = (
        session.query(Order)
        .options(selectinload(Order.customer))
        .filter(Order.status != OrderStatus.CANCELLED)
    )
    if vip_only:
        query = query.filter(Order.customer.has(vip=True))
    query = query.order_by(Order.placed_on, Order.id)
    return [order.customer.name if order.customer else "-" for order in query]
