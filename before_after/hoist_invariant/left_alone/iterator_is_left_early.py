"""What comes after the item with which the loop is left must stay in the iterator."""

from shop.models import Order


def until(session, names):
    for name in names:
        count = session.query(Order).count()  # review: hoist-invariant (items-repeatable)
        if count > len(name):
            break
    return names
