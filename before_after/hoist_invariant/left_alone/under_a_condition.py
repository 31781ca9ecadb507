"""The query may never be sent, or comes after something that its error would prevent."""

from shop.models import Customer, Order, Tag


def marked(session, names):
    found = []
    for name in names:
        if name.startswith("vip"):
            found.append((name, session.query(Customer).filter(Customer.vip.is_(True)).count()))  # review: hoist-invariant (asked-every-time)
    return found


def skipped(session, names):
    found = []
    for name in names:
        if not name:
            continue
        found.append(session.query(Customer).count())  # review: hoist-invariant (asked-every-time)
    return found


def printed(session, names, number):
    for name in names:
        print(name)
        order = session.query(Order).filter(Order.number == number).one()  # review: hoist-invariant (asked-first)
        print(order.id)


def inner(session, groups, number):
    found = []
    for group in groups:
        for name in group:
            found.append((name, session.query(Order.id).filter(Order.number == number).one()))  # review: hoist-invariant (asked-every-time)
    return found


def added(session, names):
    for name in names:
        session.add(Tag(name=name))
        count = session.query(Order).count()  # review: hoist-invariant (asked-first)
        print(count)


def after_what_may_fail(session, parts: list[int]):
    found = []
    for number in (1, 2, 3):
        try:
            part = parts[number]
            found.append(part + session.query(Order).count())  # review: hoist-invariant (asked-every-time)
        except IndexError:
            continue
    return found
