"""DISTINCT, GROUP BY, FOR UPDATE and UNION: what an EXISTS makes of them is not the same."""

from sqlalchemy import func

from shop.models import Order


def far_down(session):
    return bool(session.query(Order.customer_id).distinct().order_by(Order.total).offset(5).all())


def grouped(session):
    big = session.query(Order.customer_id).group_by(Order.customer_id).having(func.count() > 3)
    return len(big.all()) > 0


def locked(session):
    if session.query(Order).with_for_update().all():
        return 1
    return 0


def united(session):
    orders = session.query(Order)
    return bool(orders.union(orders.filter(Order.total > 5)).all())
