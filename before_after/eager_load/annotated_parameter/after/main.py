"""A parameter is a list of rows; both callers ask for the rows themselves."""

from mailing import addressees
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from shop.models import Order, OrderStatus


def unpaid(session: Session) -> list[str]:
    new = (
        select(Order)
        .options(selectinload(Order.customer))
        .where(Order.status == OrderStatus.NEW)
        .order_by(Order.id)
    )
    return addressees(list(session.scalars(new)))


def cancelled(session: Session) -> int:
    statement = (
        select(Order)
        .options(selectinload(Order.customer))
        .where(Order.status == OrderStatus.CANCELLED)
    )
    orders = list(session.execute(statement).scalars())
    return len(set(addressees(orders)))
