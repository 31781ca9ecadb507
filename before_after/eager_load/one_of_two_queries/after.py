"""One of two queries brings the orders, and the customers of either's are read."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from shop.models import Order


def customer_names(session, newest_first):
    if newest_first:
        orders = (
            session.execute(
                select(Order).options(selectinload(Order.customer)).order_by(Order.id.desc())
            )
            .scalars()
            .all()
        )
    else:
        orders = (
            session.execute(select(Order).options(selectinload(Order.customer)).order_by(Order.id))
            .scalars()
            .all()
        )
    return {order.number: order.customer.name for order in orders if order.customer is not None}
