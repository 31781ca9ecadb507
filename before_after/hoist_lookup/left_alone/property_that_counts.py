"""A property counts how often it is read, and the condition reads it: it is another for each item."""

from dataclasses import dataclass

from shop.models import Order, OrderLine


@dataclass
class Draw:
    drawn: int = 0

    @property
    def least(self) -> int:
        self.drawn += 1
        return self.drawn


def drawn(session) -> list[int]:
    draw = Draw()
    orders = session.query(Order).order_by(Order.id).all()
    return [
        session.query(OrderLine)  # review: hoist-lookup (query-invariant)
        .filter(OrderLine.order_id == order.id, OrderLine.quantity >= draw.least)
        .count()
        for order in orders
    ]


def drawn_by(session, draw) -> list[int]:
    orders = session.query(Order).order_by(Order.id).all()
    return [
        session.query(OrderLine)  # review: hoist-lookup (query-invariant)
        .filter(OrderLine.order_id == order.id, OrderLine.quantity >= draw.least)
        .count()
        for order in orders
    ]
