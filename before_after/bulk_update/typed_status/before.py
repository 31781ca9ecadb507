"""The new orders of a customer become paid; the query has its own keyword conditions."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Order, OrderStatus


def pay(session: Session, customer_id: int, status: OrderStatus = OrderStatus.NEW) -> None:
    for order in session.scalars(
        select(Order).where(Order.customer_id == customer_id).filter_by(status=status)
    ):
        order.status = OrderStatus.PAID
