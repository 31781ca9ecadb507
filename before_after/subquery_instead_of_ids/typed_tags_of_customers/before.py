"""The keys of the orders of one status are fetched for the customers who placed them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Customer, Order, OrderStatus


def customers(session: Session, status: OrderStatus) -> list[str]:
    keys = [order.customer_id for order in session.scalars(select(Order).filter_by(status=status))]
    found = session.scalars(select(Customer).where(Customer.id.in_(keys)).order_by(Customer.id))
    return [customer.email for customer in found]
