"""The loop tries again because somebody else has written, and wants to see what they wrote."""

from sqlalchemy.exc import IntegrityError

from shop.models import Order


def known(session, numbers):
    return session.query(Order.id).filter(Order.number.in_(numbers)).all()


def export(session, retries):
    found = []
    for attempt in range(retries):
        numbers = [number for (number,) in session.query(Order.number).order_by(Order.id)]
        try:
            found = known(session, numbers)
            break
        except IntegrityError:
            print("attempt %d" % attempt)
    return found
