"""One row is all that is fetched: an EXISTS would save nothing."""

from shop.models import Order


def known(session, number):
    return session.query(Order).filter(Order.number == number).first() is not None


def unknown(session, number):
    if not session.query(Order).filter(Order.number == number).one_or_none():
        return True
    return False


def by_key(session, number):
    return session.query(Order).filter_by(number=number).count() > 0


def limited(session):
    return bool(session.query(Order).limit(1).all())


def asserted(session):
    assert not session.query(Order).all()
    assert session.query(Order).count() == 0
    left = session.query(Order).count()
    assert left == 0
