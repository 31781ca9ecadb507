"""What is written between two counts is in the second one."""

from sqlalchemy import update

from shop.models import Order, OrderStatus, Tag


def added(session):
    before = session.query(Tag).filter(Tag.uses > 3).count()
    session.add(Tag(name="new", uses=4))
    after = session.query(Tag).filter(Tag.uses > 2).count()
    return before, after


def executed(session):
    before = session.query(Tag).filter(Tag.uses > 3).count()
    session.execute(update(Tag).values(uses=5))
    after = session.query(Tag).filter(Tag.uses > 2).count()
    return before, after


def deleted(session):
    before = session.query(Tag).filter(Tag.uses > 3).count()
    session.query(Tag).filter(Tag.uses > 5).delete()
    after = session.query(Tag).filter(Tag.uses > 2).count()
    return before, after


def assigned(session):
    before = session.query(Order).filter(Order.total > 3).count()
    order = session.query(Order).first()
    order.status = OrderStatus.PAID
    after = session.query(Order).filter(Order.status == OrderStatus.PAID).count()
    return before, after


def flushed(session, tag):
    before = session.query(Tag).filter(Tag.uses > 3).count()
    session.flush()
    after = session.query(Tag).filter(Tag.uses > 2).count()
    return before, after
