"""Rows that go where nobody follows them: there, the relationship may be read."""

import json

from flask import Flask, render_template
from serializers import dump
from shop.models import Order
from sqlalchemy.orm import selectinload

app = Flask(__name__)
LAST = []


class Board:
    def __init__(self, session):
        self.session = session
        self.orders = []

    def load(self):
        self.orders = self.session.query(Order).options(selectinload(Order.lines)).all()
        return len(self.orders)


def rendered(session):
    orders = session.query(Order).options(selectinload(Order.lines)).all()
    print(orders[0].number)
    return render_template("nowhere.html", orders=orders)


def serialized(session):
    orders = session.query(Order).options(selectinload(Order.lines)).all()
    return json.dumps([dump(order) for order in orders]), orders[0].number


def anything(**context):
    return {name: len(value) for name, value in context.items()}


def handed_on(session):
    orders = session.query(Order).options(selectinload(Order.lines)).all()
    print(orders[0].number)
    return anything(orders=orders)


def told(session):
    orders = session.query(Order).options(selectinload(Order.lines)).all()
    return [f"{order.number}: {order!r}" for order in orders]


def by_name(session, name):
    orders = session.query(Order).options(selectinload(Order.lines)).all()
    return [(order.number, getattr(order, name)) for order in orders]


def kept(session):
    global LAST
    LAST = session.query(Order).options(selectinload(Order.lines)).all()
    return [order.number for order in LAST]


def put_away(session, cache):
    for order in session.query(Order).options(selectinload(Order.lines)):
        cache[order.number] = order


def one_by_one(session):
    for order in session.query(Order).options(selectinload(Order.lines)):
        print(order.number)
        yield order


@app.route("/orders")
def route(session):
    orders = session.query(Order).options(selectinload(Order.lines)).all()
    print(orders[0].number)
    return orders


def calls_a_route(session):
    return [order.number for order in route(session)]


def nobody_calls_it(session):
    orders = session.query(Order).options(selectinload(Order.lines)).all()
    print(orders[0].number)
    return orders


STORE = []


def remember(order):
    STORE.append(order)


def remembered(session):
    orders = session.query(Order).options(selectinload(Order.lines)).all()
    for order in orders:
        remember(order)
    return [order.number for order in orders]


def some_orders(session):
    return session.query(Order).options(selectinload(Order.lines)).all()


def numbers(session):
    return [order.number for order in some_orders(session)]


HANDLERS = {"orders": some_orders}


def other_orders(session):
    return session.query(Order).options(selectinload(Order.lines)).all()


def numbers_of_others(session):
    return [order.number for order in other_orders(session)]


def in_a_dict(session):
    return {"orders": other_orders(session)}


def filed(session, board):
    orders = session.query(Order).options(selectinload(Order.lines)).all()
    for order in orders:
        board.orders_of_session.add(order)
    return [order.number for order in orders]
