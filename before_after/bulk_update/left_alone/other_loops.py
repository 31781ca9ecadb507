"""The loop does something else, too, or Python decides what is changed."""

from uuid import uuid4

from shop.models import Order, OrderStatus, Tag


def condition(session):
    for tag in session.query(Tag):
        if tag.name != "sale":
            tag.uses = 0


def logged(session, log):
    for tag in session.query(Tag):
        log(tag.name)
        tag.uses = 0


def committed(session):
    for tag in session.query(Tag).all():
        tag.uses = 0
        session.commit()


def counted(session):
    tags = session.query(Tag).all()
    for tag in tags:
        tag.uses = 0
    return len(tags)


def given(session, orders):
    for order in orders:
        order.status = OrderStatus.PAID


def other(session, target):
    for tag in session.query(Tag):
        target.last = tag


def streamed(session):
    for order in session.query(Order).yield_per(100):
        print(order.number)
        order.status = OrderStatus.PAID


def own_value(session):
    for tag in session.query(Tag):
        tag.uses = len(tag.name)


def called(session):
    for tag in session.query(Tag):
        tag.name = str(uuid4())
