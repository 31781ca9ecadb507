"""A page of customers with their orders and the lines of these, in 2.0 style, in a method."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from shop_typed.models import Customer, Order


class CustomerPage:
    def __init__(self, session: Session, size: int = 25) -> None:
        self.session = session
        self.size = size

    def quantities(self) -> dict[str, int]:
        statement = (
            select(Customer)
            .options(joinedload(Customer.orders).joinedload(Order.lines))
            .order_by(Customer.id)
            .limit(self.size)
        )
        found: dict[str, int] = {}
        for customer in self.session.scalars(statement).unique():
            found[customer.email] = sum(
                line.quantity for order in customer.orders for line in order.lines
            )
        return found
