"""The conditions stand in functions, whose parameters have no name here."""

from shop.models import Order


def larger(session, minimum):
    return session.query(Order).filter(Order.total > minimum)


def sent_to(session, address_id):
    return session.query(Order).filter(Order.address_id == address_id)


def totals(session):
    large = larger(session, 20).count()
    local = sent_to(session, 3).count()
    return large, local
