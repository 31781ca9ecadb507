"""The session of the module deletes rows that a later lookup would look for."""

from sqlalchemy.orm import scoped_session, sessionmaker

from shop.models import Payment

session = scoped_session(sessionmaker())


def settle(ids: list[int], others: dict[int, Payment]):
    amounts = []
    for payment_id in ids:
        payment = session.get(Payment, payment_id)  # found: hoist-lookup (table-not-written)
        if payment is not None:
            amounts.append(payment.amount)
            session.delete(others[payment_id])
    return amounts
