"""Numbers of three tables are asked for by the key of one customer."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Address, Order, OrderLine, Review


async def numbers(session: AsyncSession, customer_id: int) -> dict[str, object]:
    orders, addresses, best, bought_sum = (
        await session.execute(
            select(
                select(func.count(Order.id))
                .where(Order.customer_id == customer_id)
                .scalar_subquery(),
                select(func.count(Address.id))
                .where(Address.customer_id == customer_id)
                .scalar_subquery(),
                select(func.max(Review.rating))
                .where(Review.customer_id == customer_id)
                .scalar_subquery(),
                select(func.sum(OrderLine.quantity))
                .join(Order, Order.id == OrderLine.order_id)
                .where(Order.customer_id == customer_id)
                .scalar_subquery(),
            )
        )
    ).one()
    bought = 0
    if orders:
        bought = bought_sum
    return {"orders": orders, "addresses": addresses, "best": best, "bought": bought}
