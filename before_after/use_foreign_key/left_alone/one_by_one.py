# pyproject: database = ["postgresql"]
"""The keys are read one by one, and the related row changes in between, without a flush."""

from shop.models import Order, OrderLine


def generator(session, target: Order):
    lines = session.query(OrderLine).order_by(OrderLine.id).all()
    for key in (line.order.id for line in lines):  # review: use-foreign-key (read-at-once)
        print(key)
        lines[-1].order = target


def mapped(session, target: Order):
    lines = session.query(OrderLine).order_by(OrderLine.id).all()
    keys = map(lambda line: line.order.id, lines)  # review: use-foreign-key (read-at-once)
    with session.no_autoflush:
        lines[-1].order = target
        return list(keys)
