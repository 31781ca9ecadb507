"""The keys of what an order has are fetched, some of them NULL, for the names of these products."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Order, OrderLine, Product


async def bought(session: AsyncSession, customer_id: int) -> list[str]:
    product_ids = (
        await session.scalars(
            select(OrderLine.product_id)
            .join(Order, Order.id == OrderLine.order_id)
            .where(Order.customer_id == customer_id)
            .distinct()
        )
    ).all()
    products = await session.scalars(
        select(Product).where(Product.id.in_(product_ids)).order_by(Product.id)
    )
    return [product.name for product in products]
