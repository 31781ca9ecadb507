"""The loop does something else, too, or the rows do not come from a query here."""

from shop.models import Payment


def condition(session):
    for payment in session.query(Payment):
        if payment.method == "cash":
            session.delete(payment)


def logged(session, log):
    for payment in session.query(Payment).all():
        log(payment.id)
        session.delete(payment)


def counted(session):
    payments = session.query(Payment).all()
    for payment in payments:
        session.delete(payment)
    return len(payments)


def given(session, payments):
    for payment in payments:
        session.delete(payment)


def already(session):
    session.query(Payment).delete()
