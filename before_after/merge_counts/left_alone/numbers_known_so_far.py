"""An error of a later number, which the code that goes on can tell from one of the first."""

from contextlib import suppress

from shop.models import Tag


def kept(session, limit):
    total = used = None
    try:
        total = session.query(Tag).filter(Tag.uses > 3).count()  # review: merge-counts (errors-not-handled)
        used = session.query(Tag).filter(Tag.uses > limit).count()
    except Exception:
        pass
    return total, used


def suppressed(session, limit):
    numbers = []
    with suppress(ValueError, OverflowError):
        numbers.append(session.query(Tag).filter(Tag.uses > 3).count())  # review: merge-counts (errors-not-handled)
        numbers.append(session.query(Tag).filter(Tag.uses > limit).count())
    return numbers


def next_round(session, limits):
    last = 0
    for limit in limits:
        limit = limit + last
        try:
            last = session.query(Tag).filter(Tag.uses > 3).count()  # review: merge-counts (errors-not-handled)
            print(session.query(Tag).filter(Tag.uses < limit).count())
        except OverflowError:
            continue


def in_the_handler(session, limits, name):
    total = 0
    try:
        total = session.query(Tag).filter(Tag.uses > 3).count()  # review: merge-counts (errors-not-handled)
        used = session.query(Tag).filter(Tag.uses > limits[name]).count()
    except KeyError:
        return total, None
    return total, used


def in_an_object(session, report, limit):
    try:
        report.total = session.query(Tag).filter(Tag.uses > 3).count()  # review: merge-counts (errors-not-handled)
        report.used = session.query(Tag).filter(Tag.uses > limit).count()
    except Exception:
        return False
    return True
