"""A typed shop counts the lines of each order, which it loads for each line."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import OrderLine


class Statistics:
    def __init__(self, session: Session) -> None:
        self.session = session

    def lines_by_order(self) -> dict[int, int]:
        counts: dict[int, int] = {}
        for line in self.session.scalars(select(OrderLine)):
            # one more
            counts[line.order_id] = counts.get(line.order_id, 0) + line.quantity
        return counts
