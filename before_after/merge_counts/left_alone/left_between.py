"""Something other than the first count may end the function before the second one."""

from shop.models import Tag


def numbers(session, wanted):
    total = session.query(Tag).filter(Tag.uses > 3).count()  # review: merge-counts (sent-together)
    if not wanted:
        return total
    return total, session.query(Tag).filter(Tag.uses > 2).count()
