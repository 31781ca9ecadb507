"""One DELETE does it, but for what a person has to look at."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shop.models import Payment


def at_once(session):
    for payment in session.query(Payment).all():  # review: bulk-delete (sent-at-once)
        session.delete(payment)


def used(session):
    for payment in session.query(Payment).all():  # found: bulk-delete (rows-not-used)
        session.delete(payment)
    return payment


def without_autoflush(engine):
    session = Session(engine, autoflush=False)
    for payment in session.query(Payment).all():  # review: bulk-delete (flushed-before)
        session.delete(payment)


def handled(session):
    try:
        for payment in session.query(Payment).all():  # review: bulk-delete (errors-not-handled)
            session.delete(payment)
        session.flush()
    except IntegrityError:
        session.rollback()


def used_again(session):
    payment = None
    for payment in session.query(Payment).all():  # review: bulk-delete (rows-not-used)
        session.delete(payment)
    return payment is None
