"""A condition that cannot be evaluated raises after the first number has been shown."""

from shop.models import Tag


def numbers(session, limits):
    total = session.query(Tag).filter(Tag.uses > 3).count()  # review: merge-counts (conditions-known)
    print("total", total)
    used = session.query(Tag).filter(Tag.uses > limits["used"]).count()
    return total, used


def shares(session, report, parts):
    report["total"] = session.query(Tag).filter(Tag.uses > 3).count()  # review: merge-counts (conditions-known)
    report["part"] = session.query(Tag).filter(Tag.uses > 100 / parts).count()
