"""A service goes through the rows that a repository in another file asks for."""

from sqlalchemy.orm import Session

from repository import OrderRepository


class OrderService:
    def __init__(self, session: Session) -> None:
        self.orders = OrderRepository(session)

    def lines_of_mail(self) -> list[str]:
        lines = []
        for order in self.orders.newest_first():
            if order.customer is None:
                continue
            lines.append(f"{order.number}: {order.customer.email}")
        return lines
