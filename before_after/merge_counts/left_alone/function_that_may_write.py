"""A function of the database comes between the counts, and may write what they count."""

from sqlalchemy import func, select

from shop.models import Order


def count_around(session):
    before = session.query(Order).filter(Order.total > 100).count()
    session.execute(select(func.import_orders()))
    after = session.query(Order).filter(Order.total > 50).count()
    return before, after
