"""The last order of a customer is the first one by date and id, backwards."""

from __future__ import annotations

from shop.models import Customer, Order


class Mailing:
    """Texts for customers."""

    def __init__(self, session) -> None:
        self.session = session

    @classmethod
    def of(cls, session) -> Mailing:
        return cls(session)

    def get_last_order(self, customer: Customer) -> Order | None:
        return (
            self.session.query(Order)
            .filter(Order.customer_id == customer.id)
            .order_by(Order.placed_on.desc(), Order.id.desc())
            .first()
        )

    def lines(self) -> list[str]:
        customers = self.session.query(Customer).order_by(Customer.id).all()
        lines = []
        while customers:
            customer = customers.pop()
            lines.append(self._line(customer, None))
        return lines

    def _line(self, customer: Customer, order: Order | None) -> str:
        return f"{customer.email}: {order.number if order else '-'}"

    def last_orders(self) -> list[str]:
        return [
            self._line(customer, self.get_last_order(customer))
            # all of them, in the order of their names
            for customer in self.session.query(Customer).order_by(Customer.name, Customer.id)
        ]
