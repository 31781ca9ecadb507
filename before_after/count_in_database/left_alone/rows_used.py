"""The rows are used besides: a loop, an index, an argument, a return, another function."""

from shop.models import Order


def numbers(session):
    orders = session.query(Order).all()
    return len(orders), [order.number for order in orders]


def first_of(session):
    orders = session.query(Order).all()
    return orders[0].number if len(orders) == 1 else None


def handed_on(session, show):
    orders = session.query(Order).all()
    show(orders)
    return len(orders)


def returned(session):
    orders = session.query(Order).all()
    if len(orders) > 3:
        raise ValueError("too many")
    return orders


def closed_over(session):
    orders = session.query(Order).all()
    return lambda: len(orders)


def changed(session, order):
    orders = session.query(Order).all()
    orders.append(order)
    return len(orders)


def assigned_twice(session, more):
    orders = session.query(Order).all()
    if more:
        orders = [*more]
    return len(orders)


def assigned_in_a_condition(session):
    if (count := len(orders := session.query(Order).all())) > 2:
        return orders
    return count


def asserted(session):
    assert len(session.query(Order).all()) == 3
    orders = session.query(Order).all()
    assert len(orders) == 3


def asserted_by_a_method(case, session):
    case.assertEqual(len(session.query(Order).all()), 3)


def by_key(session, number):
    return len(session.query(Order).filter(Order.number == number).all())
