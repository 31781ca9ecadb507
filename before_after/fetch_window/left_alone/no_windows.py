"""Loops of pages, loops that wait for something, and loops that write what they ask for."""

import time
from datetime import timedelta

from shop.models import Order, OrderStatus, Payment, Product, Review


def pages(session, size: int):
    last, found = 0, []
    while True:
        rows = (
            session.query(Order).filter(Order.id > last).order_by(Order.id).limit(size).all()
        )
        if not rows:
            return found
        found += rows
        last = rows[-1].id


def steps(session):
    last = 0
    while True:
        following = session.query(Order).filter(Order.id > last).order_by(Order.id).all()
        if not following:
            return last
        for order in following:
            last = max(last, order.id)


def offsets(session, numbers: list[int]):
    return [session.query(Order).filter(Order.id > n).offset(n).limit(10).all() for n in numbers]


def waiting(session, since):
    while session.query(Payment).filter(Payment.paid_at > since).count() == 0:
        time.sleep(1)
    while True:
        number = session.query(Payment).filter(Payment.paid_at > since).count()
        if number:
            return number
        since = since - timedelta(hours=1)
        time.sleep(1)


def restocked(session, limits: list[int]):
    found = []
    for limit in limits:
        products = session.query(Product).filter(Product.stock < limit).all()
        for product in products:
            product.stock = limit
        found.append(len(products))
    return found


def added(session, limits: list[int]):
    for limit in limits:
        if not session.query(Review).filter(Review.rating > limit).count():
            session.add(Review(rating=limit, product_id=1))


def committed(session, limits: list[int]):
    for limit in limits:
        print(session.query(Review).filter(Review.rating > limit).count())
        session.commit()


def of_text(session, letters: list[str]):
    return [session.query(Product).filter(Product.name >= letter).count() for letter in letters]


def same_each_time(session, limits: list[int], lowest: int):
    return [session.query(Review).filter(Review.rating > lowest).count() for _ in limits]


def by_key(session, statuses: list[OrderStatus]):
    return [session.query(Order).filter(Order.status == status).count() for status in statuses]


def after_what_was_found(session, limits: list[int]):
    found = []
    for limit in limits:
        number = session.query(Review).filter(Review.rating > limit, Review.id > len(found)).count()
        found.append(number)
    return found
