"""The query reads what the loop changes."""

from cursors import cursor

from shop.models import Order


def pages(session, window, sizes):
    found = []
    for size in sizes:
        window.last = size
        found.append(session.query(Order).filter(Order.id < window.last).count())
    return found


def known(session, ids):
    seen = []
    found = []
    for number in ids:
        seen.append(number)
        found.append(session.query(Order).filter(Order.id.in_(seen)).count())
    return found


def walked(session, numbers):
    found = []
    for number in numbers:
        found.append(session.query(Order).filter(Order.id == cursor.position).all())
        cursor.advance()
    return found


def raised(session, orders):
    window = {"last": 1}
    found = []
    for order in orders:
        found.append(session.query(Order).filter(Order.id < window["last"]).count())
        window["last"] += order.id
    return found


def known_under_another_name(session, ids):
    seen = []
    asked = seen
    found = []
    for number in ids:
        asked.append(number)
        found.append(session.query(Order).filter(Order.id.in_(seen)).count())
    return found
