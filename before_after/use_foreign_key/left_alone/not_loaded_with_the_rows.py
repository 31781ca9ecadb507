"""The foreign key would be loaded row by row itself."""

from sqlalchemy.orm import load_only

from shop.models import Payment


def orders(session):
    found = []
    for payment in session.query(Payment).options(load_only(Payment.method)):
        if payment.method == "card":
            found.append(payment.order.id)  # review: use-foreign-key (column-loaded)
    return found
