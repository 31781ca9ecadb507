"""FOR UPDATE locks the rows that are joined, and would not lock those of another statement."""

from sqlalchemy.orm import joinedload

from shop.models import Order


def lock(session):
    query = session.query(Order).options(
        joinedload(Order.lines),  # found: split-joined-collections (not-locked)
        joinedload(Order.payments),
    )
    return query.with_for_update(of=Order).all()
