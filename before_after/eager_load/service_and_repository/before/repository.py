"""Where the queries of orders are."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Order


class OrderRepository:
    def __init__(self, session: Session) -> None:
        self.session = session

    def newest_first(self) -> list[Order]:
        """All orders, those of the last day on top."""
        statement = select(Order).order_by(Order.placed_on.desc(), Order.id)
        return list(self.session.scalars(statement))
