from datetime import date
from decimal import Decimal

from shop.models import Order, OrderStatus

TODAY = date(2024, 2, 29)


def scenario(module, session):
    return module.Reports(session, TODAY).summary(Decimal(3))


def sizes(session):
    orders = session.query(Order).filter(
        Order.placed_on <= TODAY, Order.status != OrderStatus.CANCELLED
    )
    keys = {order.customer_id for order in orders} - {None}
    return {"orders": orders.count(), "customers": len(keys)}
