"""The new tag gets its key by the flush of the load."""

from shop.models import Payment, Tag


def tagged(session):
    found = []
    for payment in session.query(Payment).all():
        tag = Tag(name=payment.method)
        session.add(tag)
        found.append((payment.order.id, tag.id))  # review: use-foreign-key (flushes-alike)
    return found
