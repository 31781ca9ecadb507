"""The loop assigns what a condition around the lookup reads, which does not hold before the loop."""

from shop.models import Customer, Order
from sqlalchemy.orm import Session


def counted(session: Session) -> list[int]:
    counts = []
    for customer in session.query(Customer).order_by(Customer.id).all():
        customer.vip = True
        if customer.vip:
            query = session.query(Order).filter(Order.customer_id == customer.id)
            counts.append(query.count())  # found: hoist-lookup (keys-known-before)
    return counts


def promoted(session: Session, customers: list[Customer]) -> list[int]:
    counts = []
    for customer in customers:
        if customer.vip:
            query = session.query(Order).filter(Order.customer_id == customer.id)
            counts.append(query.count())  # review: hoist-lookup (keys-known-before)
        customer.vip = True
    session.commit()
    return counts
