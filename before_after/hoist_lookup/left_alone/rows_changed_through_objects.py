"""Objects that may be None, conditions, texts and items of a dict change rows that the lookups sum up."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shop.models import Order, OrderLine


class Counter:
    def __init__(self, line):
        self.line = line

    @property
    def next(self):
        self.line.quantity += 1
        return self.line.quantity

    def __bool__(self):
        self.line.quantity += 2
        return True

    def __str__(self):
        self.line.quantity += 3
        return "counter"

    def __iadd__(self, other):
        self.line.quantity += 4
        return self

    def __hash__(self):
        self.line.quantity += 5
        return 1


def by_a_property(session: Session):
    lines = session.query(OrderLine).order_by(OrderLine.id).all()
    counter = Counter(lines[0]) if lines else None
    found = []
    for order in session.query(Order).order_by(Order.id).all():
        counter.next
        pieces = select(func.sum(OrderLine.quantity)).where(OrderLine.order_id == order.id)
        found.append(session.scalar(pieces))  # found: hoist-lookup (table-not-written)
    return found


def by_an_assertion(session: Session):
    counter = Counter(session.get(OrderLine, 1))
    found = []
    for order in session.query(Order).order_by(Order.id).all():
        assert counter
        pieces = select(func.sum(OrderLine.quantity)).where(OrderLine.order_id == order.id)
        found.append(session.scalar(pieces))  # found: hoist-lookup (table-not-written)
    return found


def by_their_texts(session: Session):
    counters = [Counter(line) for line in session.query(OrderLine)]
    found = []
    for order in session.query(Order).order_by(Order.id).all():
        print(", ".join(map(str, counters)))
        pieces = select(func.sum(OrderLine.quantity)).where(OrderLine.order_id == order.id)
        found.append(session.scalar(pieces))  # found: hoist-lookup (table-not-written)
    return found


def of_an_item(session: Session):
    lines = {line.id: line for line in session.query(OrderLine)}
    found = []
    for order in session.query(Order).order_by(Order.id).all():
        _, line = lines.popitem()
        line.quantity = 7
        pieces = select(func.sum(OrderLine.quantity)).where(OrderLine.order_id == order.id)
        found.append(session.scalar(pieces))  # found: hoist-lookup (table-not-written)
    return found


def by_adding(session: Session):
    counter = Counter(session.get(OrderLine, 1))
    found = []
    for order in session.query(Order).order_by(Order.id).all():
        counter += order
        pieces = select(func.sum(OrderLine.quantity)).where(OrderLine.order_id == order.id)
        found.append(session.scalar(pieces))  # review: hoist-lookup (calls-known)
    return found


def by_a_set(session: Session):
    counter = Counter(session.get(OrderLine, 1))
    found = []
    for order in session.query(Order).order_by(Order.id).all():
        seen = {counter}
        pieces = select(func.sum(OrderLine.quantity)).where(OrderLine.order_id == order.id)
        found.append((len(seen), session.scalar(pieces)))  # found: hoist-lookup (table-not-written)
    return found
