"""Every order has a customer: one row or an error, by a unique key."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Customer


def emails_of(session: Session, ids: set[int]) -> list[str]:
    return sorted(
        session.scalars(select(Customer).where(Customer.id == customer_id)).one().email
        for customer_id in ids
    )
