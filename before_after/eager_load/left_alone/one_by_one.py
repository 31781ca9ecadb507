"""The rows are read one by one, and others do something in between."""

from itertools import groupby

from shop.models import Order


def generator(session):
    orders = session.query(Order).order_by(Order.id).all()
    for name in (order.customer.name for order in orders):  # review: eager-load (read-at-once)
        print(name)
        session.commit()


def mapped(session):
    orders = session.query(Order).order_by(Order.id).all()
    for name in map(lambda order: order.customer.name, orders):  # review: eager-load (read-at-once)
        print(name)
        orders[-1].customer_id = 1


def filtered(session):
    orders = session.query(Order).order_by(Order.id).all()
    return [session.delete(each) for each in filter(lambda order: order.customer.name, orders)]  # review: eager-load (read-at-once)


def grouped(session):
    orders = session.query(Order).order_by(Order.id).all()
    for name, _ in groupby(orders, key=lambda order: order.customer.name):  # review: eager-load (read-at-once)
        print(name)
        orders[-1].customer_id = 1


def later(session):
    orders = session.query(Order).order_by(Order.id).all()
    names = map(lambda order: order.customer.name, orders)  # review: eager-load (read-at-once)
    orders[0].customer_id = 1
    return list(names)


def of_a_generator(session):
    orders = session.query(Order).order_by(Order.id).all()
    return (name.upper() for name in (order.customer.name for order in orders))  # review: eager-load (read-at-once)


def given_on(session):
    orders = session.query(Order).order_by(Order.id).all()
    yield from (order.customer.name for order in orders)  # review: eager-load (read-at-once)
