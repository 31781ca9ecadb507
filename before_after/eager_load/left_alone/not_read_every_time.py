"""Some rows, or a whole run, may do without the relationship."""

import sys

from shop.models import Order


def condition(session):
    for order in session.query(Order).order_by(Order.id):
        if order.total:
            print(order.customer)  # review: eager-load (read-every-time)


def filter_in_a_comprehension(session):
    orders = session.query(Order).order_by(Order.id)
    return [order.customer for order in orders if order.total]  # review: eager-load (read-every-time)


def early_exit(session, key):
    for order in session.query(Order).order_by(Order.id):
        if order.id == key:
            break
        print(order.customer)  # review: eager-load (read-every-time)


def slice_of_the_rows(session):
    orders = session.query(Order).order_by(Order.id).all()
    return [order.customer for order in orders[:3]]  # review: eager-load (read-every-time)


def some_deleted(session):
    orders = session.query(Order).order_by(Order.id).all()
    del orders[3:]
    return [order.customer for order in orders]  # review: eager-load (read-every-time)


def first_and_rest(session):
    first, *rest = session.query(Order).order_by(Order.id).all()
    return [order.customer for order in rest]  # review: eager-load (read-every-time)


def looked_up(session, keys):
    orders = {order.id: order for order in session.query(Order)}
    return [orders[key].customer for key in keys]  # review: eager-load (read-every-time)


def chosen(session):
    chosen = []
    for order in session.query(Order).order_by(Order.id):
        if order.total is None:
            continue
        chosen.append(order)
    return [order.customer for order in chosen]  # review: eager-load (read-every-time)


def whole_loop(session, verbose):
    orders = session.query(Order).order_by(Order.id).all()
    if verbose:
        for order in orders:
            print(order.customer)  # review: eager-load (read-every-time)
    return len(orders)


def left_before(session, verbose):
    orders = session.query(Order).order_by(Order.id).all()
    if not verbose:
        return []
    return [order.customer for order in orders]  # review: eager-load (read-every-time)


def short_circuit(session):
    orders = session.query(Order).order_by(Order.id)
    return [order.total and order.customer for order in orders]  # review: eager-load (read-every-time)


def left_by_another_number(session, wanted):
    orders = session.query(Order).order_by(Order.id).all()
    total = len(wanted)
    if not total:
        return []
    return [order.customer for order in orders]  # review: eager-load (read-every-time)


def left_by_many(session):
    orders = session.query(Order).order_by(Order.id).all()
    if len(orders) > 1:
        return []
    return [order.customer for order in orders]  # review: eager-load (read-every-time)


def counted_before(session, orders):
    total = len(orders)
    orders = session.query(Order).order_by(Order.id).all()
    if total == 0:
        return []
    return [order.customer for order in orders]  # review: eager-load (read-every-time)


def given_up(session, wanted):
    for order in session.query(Order).order_by(Order.id):
        if order.number not in wanted:
            sys.exit(1)
        print(order.customer)  # review: eager-load (read-every-time)


def after_what_may_fail(session, parts: list[int]):
    found = []
    for order in session.query(Order).order_by(Order.id).all():
        try:
            part = parts[order.id]
            found.append((part, order.customer.name))  # review: eager-load (read-every-time)
        except IndexError:
            continue
    return found
