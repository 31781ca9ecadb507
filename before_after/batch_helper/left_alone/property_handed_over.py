"""What a loop hands over is a property that gives another number each time it is read."""

from sqlalchemy.orm import Session

from shop.models import OrderLine


class Draw:
    def __init__(self) -> None:
        self.drawn = 0

    @property
    def least(self) -> int:
        self.drawn = self.drawn + 1
        return self.drawn


def large_lines(session: Session, order_id: int, least: int) -> list[OrderLine]:
    lines = session.query(OrderLine).filter_by(order_id=order_id)
    return lines.filter(OrderLine.quantity >= least).order_by(OrderLine.id).all()


def drawn(session: Session, order_ids: list[int], draw: Draw) -> list[int]:
    found = []
    for order_id in order_ids:
        found.append(len(large_lines(session, order_id, draw.least)))  # found: batch-helper (same-arguments)
    return found


def drawn_by(session: Session, order_ids: list[int], draw) -> list[int]:
    found = []
    for order_id in order_ids:
        found.append(len(large_lines(session, order_id, draw.least)))  # found: batch-helper (same-arguments)
    return found
