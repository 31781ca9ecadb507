"""Methods of a service, which keeps the session."""

from shop.models import Order, OrderLine


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Invoices:
    def __init__(self, session):
        self.session = session

    def _order_lines_by_order_id(self, orders):
        """Fetch what _quantity() looks up for all of these orders."""
        order_lines = {}
        for order_ids in _chunks(
            order.id for order in orders if order.status.value != "cancelled"
        ):
            for order_line in (
                self.session.query(OrderLine)
                .filter(OrderLine.order_id.in_(order_ids))
                .order_by(OrderLine.id)
            ):
                order_lines.setdefault(order_line.order_id, []).append(order_line)
        return order_lines

    def _quantity(self, order, *, order_lines=None):
        if order.status.value == "cancelled":
            return 0
        quantity = 0
        if order_lines is None:
            order_lines = self._order_lines_by_order_id([order])
        for line in order_lines.get(order.id, []):
            quantity += line.quantity
        return quantity

    def report(self):
        result = {}
        orders = self.session.query(Order).order_by(Order.id).all()
        order_lines = self._order_lines_by_order_id(orders)
        for order in orders:
            result[order.number] = self._quantity(order, order_lines=order_lines)
        return result


def report(session):
    return Invoices(session).report()
