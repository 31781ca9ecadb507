"""One count is sent once and the other in a loop, or under a condition of its own."""

from shop.models import Tag


def looped(session, limits):
    total = session.query(Tag).filter(Tag.uses > 3).count()
    rows = []
    while limits:
        rows.append((limits.pop(), total, session.query(Tag).filter(Tag.uses < 3).count()))
    return rows


def arms(session, wanted):
    if wanted:
        number = session.query(Tag).filter(Tag.uses > 3).count()
    else:
        number = session.query(Tag).filter(Tag.uses > 2).count()
    return number


def wanted_or_not(session, wanted):
    total = session.query(Tag).filter(Tag.uses > 3).count()
    used = session.query(Tag).filter(Tag.uses > 2).count() if wanted else None
    return total, used


def no_autoflush(session):
    total = session.query(Tag).filter(Tag.uses > 3).count()
    with session.no_autoflush:
        used = session.query(Tag).filter(Tag.uses > 2).count()
    return total, used
