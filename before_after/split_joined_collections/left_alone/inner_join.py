"""An inner join leaves out the orders that have no payment; without it they come back."""

from sqlalchemy.orm import joinedload

from shop.models import Order


def paid(session):
    query = session.query(Order).options(
        joinedload(Order.lines),  # found: split-joined-collections (outer-join)
        joinedload(Order.payments, innerjoin=True),
    )
    return query.all()
