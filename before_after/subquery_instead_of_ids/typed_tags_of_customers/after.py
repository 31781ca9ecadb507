"""The keys of the orders of one status are fetched for the customers who placed them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Customer, Order, OrderStatus


def customers(session: Session, status: OrderStatus) -> list[str]:
    found = session.scalars(
        select(Customer)
        .where(Customer.id.in_(select(Order.customer_id).filter_by(status=status)))
        .order_by(Customer.id)
    )
    return [customer.email for customer in found]
