"""The second count writes the attribute that the first one was assigned to."""

from shop.models import Order, Tag


def note(session, order: Order):
    order.total = session.query(Tag).filter(Tag.uses > 3).count()  # review: merge-counts (nothing-written)
    used = session.query(Tag).filter(Tag.uses > 2).count()
    return used
