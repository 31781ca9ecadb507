"""LIMIT, DISTINCT, GROUP BY, locks and options of the execution belong to one query alone."""

from sqlalchemy import func

from shop.models import Order


def limited(session):
    first = session.query(Order).filter(Order.total > 3).limit(10).count()
    second = session.query(Order).filter(Order.total > 5).limit(10).count()
    return first, second


def distinct_customers(session):
    first = session.query(Order.customer_id).filter(Order.total > 3).distinct().count()
    second = session.query(Order.customer_id).filter(Order.total > 5).distinct().count()
    return first, second


def grouped(session):
    first = session.query(func.count(Order.id)).group_by(Order.customer_id).scalar()
    second = session.query(func.count(Order.id)).filter(Order.id > 3).scalar()
    return first, second


def filtered(session):
    first = session.query(func.count(Order.id).filter(Order.id > 3)).scalar()
    second = session.query(func.count(Order.id).filter(Order.id > 4)).scalar()
    return first, second


def locked(session):
    first = session.query(Order).filter(Order.id > 3).with_for_update().count()
    second = session.query(Order).execution_options(timeout=3).count()
    return first, second
