"""The sessions make queries of a class that adds methods to SQLAlchemy's own, and changes none."""

from sqlalchemy.orm import Query, sessionmaker

from shop.models import Order, OrderLine, OrderStatus


class ShopQuery(Query):
    def placed(self):
        return self.filter(Order.status != OrderStatus.CANCELLED)

    def large(self, quantity):
        return self.filter(OrderLine.quantity >= quantity)


ShopSession = sessionmaker(query_cls=ShopQuery)


def totals(session, numbers: list[str]):
    found = {}
    for number in numbers:
        order = session.query(Order).placed().filter(Order.number == number).first()
        if order is not None:
            found[number] = order.total
    return found


def large_lines(session, order_ids: list[int], quantity=2):
    counted = []
    for order_id in order_ids:
        lines = session.query(OrderLine).large(quantity).filter_by(order_id=order_id)
        counted.append(lines.count())
    return counted
