"""The commit ends a lock, shows how far the loop has come, or follows what cannot be undone."""

import time

import requests

from shop.models import Order, OrderStatus, Product, Tag, User


def locked(session):
    for order in session.query(Order).with_for_update(skip_locked=True):
        order.status = OrderStatus.PAID
        session.commit()


def locked_in_the_loop(session, ids):
    for id in ids:
        order = session.query(Order).filter_by(id=id).with_for_update().one()
        order.status = OrderStatus.PAID
        session.commit()


def under_a_lock(session, names, lock):
    for name in names:
        with lock:
            session.add(Tag(name=name))
            session.commit()


def before_and_after(session, orders, work):
    for order in orders:
        order.status = OrderStatus.NEW
        session.commit()
        work(order.number)
        order.status = OrderStatus.PAID
        session.commit()


def progress(session, job_id, orders):
    job = session.query(Tag).filter_by(id=job_id).one()
    for done, order in enumerate(orders):
        order.status = OrderStatus.PAID
        job.uses_done = done
        session.commit()


def requested(session, products):
    for product in products:
        product.price = requests.get(product.sku, timeout=5).json()
        session.commit()


def sent(session, users, send_mail):
    for user in users:
        send_mail(user.login)
        user.login = user.login.lower()
        session.commit()


def slowly(session, products):
    for product in products:
        product.stock = 0
        session.commit()
        time.sleep(0.1)


def streamed(session, users: list[User]):
    for user in users:
        user.login = user.login.lower()
        session.commit()
        yield user.login


def known(session, product: Product):
    session.add(product)
    session.commit()
