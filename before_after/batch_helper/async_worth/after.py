"""An async service: the worth of a customer is that of the orders, which it asks itself for."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop_typed.models import Customer, Order, OrderLine


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class OfCustomerData(NamedTuple):
    """What of_customer() needs to know."""

    orders: dict[int | None, list[Order]]
    order_lines: dict[int, list[OrderLine]]


class Worth:
    """What customers are worth."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def of_all(self) -> list[tuple[str | None, int]]:
        customers = (await self.session.scalars(select(Customer).order_by(Customer.id))).all()
        data = await self.load_of_customer_data(customers)
        return [
            (customer.name, await self.of_customer(customer, data=data)) for customer in customers
        ]

    async def load_of_customer_data(self, customers: Collection[Customer]) -> OfCustomerData:
        """Fetch the data of of_customer() for all of these customers."""
        orders: dict[int | None, list[Order]] = {}
        for customer_ids in _chunks(customer.id for customer in customers):
            for order in await self.session.scalars(
                select(Order).where(Order.customer_id.in_(customer_ids)).order_by(Order.id)
            ):
                orders.setdefault(order.customer_id, []).append(order)
        order_lines = await self.order_lines_by_order_id(
            [order for customer in customers for order in orders.get(customer.id, [])]
        )
        return OfCustomerData(orders, order_lines)

    async def of_customer(self, customer: Customer, *, data: OfCustomerData | None = None) -> int:
        if data is None:
            data = await self.load_of_customer_data([customer])
        worth = 0
        for order in data.orders.get(customer.id, []):
            worth += await self.of_order(order, order_lines=data.order_lines)
        return worth

    async def order_lines_by_order_id(self, orders: Iterable[Order]) -> dict[int, list[OrderLine]]:
        """Fetch what of_order() looks up for all of these orders."""
        order_lines: dict[int, list[OrderLine]] = {}
        for order_ids in _chunks(order.id for order in orders):
            for order_line in await self.session.scalars(
                select(OrderLine).where(OrderLine.order_id.in_(order_ids)).order_by(OrderLine.id)
            ):
                order_lines.setdefault(order_line.order_id, []).append(order_line)
        return order_lines

    async def of_order(
        self, order: Order, *, order_lines: dict[int, list[OrderLine]] | None = None
    ) -> int:
        if order_lines is None:
            order_lines = await self.order_lines_by_order_id([order])
        return sum(line.quantity for line in order_lines.get(order.id, []))
