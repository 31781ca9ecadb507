"""An iterator in the condition gives its items to the first query, and none to the second."""

from shop.models import Customer


def two_counts(session, wanted):
    vips = session.query(Customer).filter(Customer.vip.is_(True), Customer.name.in_(wanted)).count()  # review: merge-counts (conditions-known)
    rest = session.query(Customer).filter(Customer.vip.is_(False), Customer.name.in_(wanted)).count()
    return vips, rest
