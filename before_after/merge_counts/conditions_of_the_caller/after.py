"""Conditions that nobody can see stay in the shared query, which is asked twice."""

from sqlalchemy import case, func, select

from shop.models import Payment


def numbers(session, *conditions, **values):
    payments = select(func.sum(Payment.amount)).where(*conditions).filter_by(**values)
    amount_sum, payment_amount_sum = session.execute(
        payments.with_only_columns(
            func.sum(Payment.amount),
            func.sum(case((Payment.paid_at.is_(None), Payment.amount))),
        )
    ).one()
    total = amount_sum or 0
    late = payment_amount_sum or 0
    return total, late
