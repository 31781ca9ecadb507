"""Asks for customers."""

from sqlalchemy.orm import Query, Session

from shop.models import Customer


def find(session: Session, vip: bool, *, load=None) -> list[Customer]:
    query: Query = session.query(Customer).filter(Customer.vip == vip)
    if load is not None:
        query = query.options(*load)
    return query.order_by(Customer.email).all()
