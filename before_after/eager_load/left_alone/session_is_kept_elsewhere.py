"""What the loop calls finds the session where this code, or other code, has put it."""

import threading
from contextvars import ContextVar

from sqlalchemy.orm import Session

from shop.models import Order

current = ContextVar("current")
local = threading.local()


class Work:
    session = None
    running = None

    def __init__(self, session):
        self.session = session

    def forget(self):
        self.session.expire_all()


def of_a_variable(session: Session):
    for order in session.query(Order).order_by(Order.id):
        print(order.customer)  # review: eager-load (calls-known)
        current.get().commit()


def of_the_thread(session: Session):
    for order in session.query(Order).order_by(Order.id):
        print(order.customer)  # review: eager-load (calls-known)
        next_transaction()


def next_transaction():
    local.session.rollback()


def of_the_class(session: Session):
    for order in session.query(Order).order_by(Order.id):
        print(order.customer)  # review: eager-load (calls-known)
        Work.session.commit()


def in_an_object(session: Session):
    Work.running = Work(session)
    for order in session.query(Order).order_by(Order.id):
        print(order.customer)  # review: eager-load (calls-known)
        Work.running.forget()


def by_its_name(session: Session):
    local.session = session
    for order in session.query(Order).order_by(Order.id):
        print(order.customer)  # review: eager-load (calls-known)
        getattr(local, "work").forget()


def as_text(session: Session, code):
    for order in session.query(Order).order_by(Order.id):
        print(order.customer)  # review: eager-load (calls-known)
        exec("session.expire_all()")


def of_all_names(session: Session):
    for order in session.query(Order).order_by(Order.id):
        print(order.customer)  # review: eager-load (calls-known)
        globals()["running"].commit()
