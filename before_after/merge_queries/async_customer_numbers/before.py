"""Numbers of three tables are asked for by the key of one customer."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Address, Order, OrderLine, Review


async def numbers(session: AsyncSession, customer_id: int) -> dict[str, object]:
    orders = await session.scalar(
        select(func.count(Order.id)).where(Order.customer_id == customer_id)
    )
    addresses = await session.scalar(
        select(func.count(Address.id)).where(Address.customer_id == customer_id)
    )
    best = (
        await session.execute(
            select(func.max(Review.rating)).where(Review.customer_id == customer_id)
        )
    ).scalar()
    bought = 0
    if orders:
        bought = await session.scalar(
            select(func.sum(OrderLine.quantity))
            .join(Order, Order.id == OrderLine.order_id)
            .where(Order.customer_id == customer_id)
        )
    return {"orders": orders, "addresses": addresses, "best": best, "bought": bought}
