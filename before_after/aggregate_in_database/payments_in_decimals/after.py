"""A sum of decimals: how the database rounds, and zero for no rows, are for a person to judge."""

from sqlalchemy import func

from shop.models import Payment


def paid(session, order_id):
    return (
        session.query(func.coalesce(func.sum(Payment.amount), 0))
        .filter(Payment.order_id >= order_id)
        .scalar()
    )
