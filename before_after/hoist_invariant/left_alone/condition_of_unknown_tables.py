"""A condition that the caller has made may read what the loop writes."""

from shop.models import Order, Supplier


def left_over(session, condition):
    found = []
    for supplier in session.query(Supplier).order_by(Supplier.id).all():
        found.append(session.query(Order).filter(condition).count())  # review: hoist-invariant (table-not-written)
        supplier.city = "Basel"
        session.flush()
    return found
