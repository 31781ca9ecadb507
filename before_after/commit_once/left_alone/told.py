"""A commit, a needless flush and a refresh for each item are told, at the loop."""

from shop.db import SessionLocal
from shop.models import AuditLog, Customer, Order, OrderStatus, Review, Tag


def create_entry(session, order, action, now):
    entry = AuditLog(
        entity_type="order", entity_id=str(order.id), action=action, timestamp=now
    )
    session.add(entry)
    session.commit()
    session.refresh(entry)
    return entry


def ship(session, now):
    for order in session.query(Order).all():  # found: commit-once (all-or-nothing)
        create_entry(session, order, "shipped", now)


def greet(session, now):
    for customer in session.query(Customer):
        for order in customer.orders:  # found: commit-once (all-or-nothing)
            create_entry(session, order, "greeted", now)


def pay(session, numbers):
    for number in numbers:  # found: commit-once (all-or-nothing)
        order = session.query(Order).filter_by(number=number).one()
        order.status = OrderStatus.PAID
        session.commit()


def name(session, names):
    for name in names:  # found: commit-once (all-or-nothing)
        session.add(Tag(name=name))
        session.flush()


def reread(session, orders):
    for order in orders:  # found: commit-once
        session.refresh(order)


def review(texts):
    with SessionLocal() as session:
        for text in texts:  # found: commit-once (all-or-nothing)
            if text:
                session.add(Review(product_id=1, text=text))
                session.commit()


class Orders:
    def __init__(self, session):
        self.session = session

    def cancel(self, order):
        order.status = OrderStatus.CANCELLED
        self.session.commit()

    def cancel_all(self):
        for order in self.session.query(Order):  # found: commit-once (all-or-nothing)
            self.cancel(order)


async def pay_all(session, orders):
    for order in orders:  # found: commit-once (all-or-nothing)
        order.status = OrderStatus.PAID
        await session.commit()


def numbers_read_again(session, orders):
    numbers = []
    for order in orders:  # found: commit-once (read-again)
        session.refresh(order)
        numbers.append(order.number)
    return numbers
