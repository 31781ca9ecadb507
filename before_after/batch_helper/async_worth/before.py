"""An async service: the worth of a customer is that of the orders, which it asks itself for."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop_typed.models import Customer, Order, OrderLine


class Worth:
    """What customers are worth."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def of_all(self) -> list[tuple[str | None, int]]:
        customers = (await self.session.scalars(select(Customer).order_by(Customer.id))).all()
        return [(customer.name, await self.of_customer(customer)) for customer in customers]

    async def of_customer(self, customer: Customer) -> int:
        orders = await self.session.scalars(
            select(Order).where(Order.customer_id == customer.id).order_by(Order.id)
        )
        worth = 0
        for order in orders.all():
            worth += await self.of_order(order)
        return worth

    async def of_order(self, order: Order) -> int:
        lines = await self.session.scalars(
            select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.id)
        )
        return sum(line.quantity for line in lines.all())
