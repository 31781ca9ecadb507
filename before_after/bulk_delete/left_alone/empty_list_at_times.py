"""An empty list stands in the place of the query at times, and has no delete()."""

from shop.models import Payment


def of_some(session, ids: list[int]):
    payments = []
    if ids:
        payments = session.query(Payment).filter(Payment.id.in_(ids))
    for payment in payments:  # found: bulk-delete (plain-query)
        session.delete(payment)
