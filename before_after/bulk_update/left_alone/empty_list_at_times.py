"""An empty list stands in the place of the query at times, and has no update()."""

from shop.models import Payment


def of_some(session, ids: list[int]):
    payments = []
    if ids:
        payments = session.query(Payment).filter(Payment.id.in_(ids))
    for payment in payments:
        payment.method = "cash"  # found: bulk-update (plain-query)
