"""The new orders of a customer become paid; the query has its own keyword conditions."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shop_typed.models import Order, OrderStatus


def pay(session: Session, customer_id: int, status: OrderStatus = OrderStatus.NEW) -> None:
    session.execute(
        update(Order)
        .where(Order.customer_id == customer_id)
        .filter_by(status=status)
        .values(status=OrderStatus.PAID)
        .execution_options(synchronize_session="fetch")
    )
