"""Something has happened in between, after which the answer may be another one."""

from datetime import datetime

from somewhere import settle
from sqlalchemy import func, text

from shop.models import Order, OrderStatus


def committed(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).first()
    session.commit()
    same = session.query(Order).filter(Order.id == order_id).first()
    return order, same


def changed(session, number):
    order = session.query(Order).filter(Order.number == number).first()
    order.number = "none"
    other = session.query(Order).filter(Order.number == number).first()
    return order, other


def added(session, number):
    order = session.query(Order).filter(Order.number == number).first()
    session.add(Order(number=number, status=OrderStatus.NEW))
    other = session.query(Order).filter(Order.number == number).first()
    return order, other


def settled(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).first()
    settle(session, order)
    same = session.query(Order).filter(Order.id == order_id).first()
    return order, same


def suspended(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).first()
    yield order
    yield session.query(Order).filter(Order.id == order_id).first()


def deleted_by_a_statement(session, order_id: int):
    orders = session.query(Order).filter(Order.customer_id == order_id).all()
    session.query(Order).filter(Order.status == OrderStatus.NEW).delete()
    number = session.query(Order).filter(Order.customer_id == order_id).count()
    return orders, number


def expired(session, order_id: int):
    order = session.query(Order).filter(Order.id == order_id).first()
    session.expire(order)
    same = session.query(Order).filter(Order.id == order_id).first()
    return order, same


def two_draws(session):
    one = session.query(Order).order_by(func.random()).first()
    other = session.query(Order).order_by(func.random()).first()
    return one, other


def two_draws_as_text(session):
    one = session.query(Order).order_by(text("random()")).first()
    other = session.query(Order).order_by(text("random()")).first()
    return one, other


def at_two_moments(session):
    one = session.query(Order).filter(Order.placed_on > datetime.now()).first()
    other = session.query(Order).filter(Order.placed_on > datetime.now()).first()
    return one, other


def one_after_the_other(session, keys):
    one = session.query(Order).filter(Order.id == next(keys)).first()
    other = session.query(Order).filter(Order.id == next(keys)).first()
    return one, other


def counted_at_two_moments(session):
    late = session.query(Order).filter(Order.placed_on < datetime.now()).all()
    number = session.query(Order).filter(Order.placed_on < datetime.now()).count()
    return len(late), number
