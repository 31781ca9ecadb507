"""A loop that tries again, or that is left after the commit, commits once."""

from shop.models import Order, OrderStatus, Tag


def attempts(session, name, count):
    for attempt in range(count):
        session.add(Tag(name=f"{name} {attempt}"))
        session.commit()


def first_free(session, names):
    for name in names:
        if session.query(Tag).filter_by(name=name).first() is None:
            session.add(Tag(name=name))
            session.commit()
            break


def first_unpaid(session, orders):
    for order in orders:
        if order.status is OrderStatus.NEW:
            order.status = OrderStatus.PAID
            session.commit()
            return order
    return None


def waiting(session, sleep):
    while True:
        for order in session.query(Order).filter_by(status=OrderStatus.NEW):
            order.status = OrderStatus.PAID
        session.commit()
        sleep(5)


def one_by_one(session, queue):
    while queue:
        session.add(Tag(name=queue.pop()))
        session.commit()
