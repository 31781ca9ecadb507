"""The sessions make queries of a class that adds methods to SQLAlchemy's own, and changes none."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import Query, sessionmaker

from shop.models import Order, OrderLine, OrderStatus


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class ShopQuery(Query):
    def placed(self):
        return self.filter(Order.status != OrderStatus.CANCELLED)

    def large(self, quantity):
        return self.filter(OrderLine.quantity >= quantity)


ShopSession = sessionmaker(query_cls=ShopQuery)


def totals(session, numbers: list[str]):
    found = {}
    orders: dict[str, Order] = {}
    for chunk in _chunks(numbers):
        for row in session.query(Order).placed().filter(Order.number.in_(chunk)):
            orders[row.number] = row
    for number in numbers:
        order = orders.get(number)
        if order is not None:
            found[number] = order.total
    return found


def large_lines(session, order_ids: list[int], quantity=2):
    counted = []
    order_line_counts: dict[int, int] = {}
    for chunk in _chunks(order_ids):
        for key, count in (
            session.query(OrderLine)
            .large(quantity)
            .with_entities(OrderLine.order_id, func.count())
            .filter(OrderLine.order_id.in_(chunk))
            .group_by(OrderLine.order_id)
        ):
            order_line_counts[key] = count
    for order_id in order_ids:
        counted.append(order_line_counts.get(order_id, 0))
    return counted
