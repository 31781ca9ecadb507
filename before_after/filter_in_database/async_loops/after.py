"""Async code: loops over rows that a Result gives."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Order, OrderStatus, Product


async def first_new(session: AsyncSession):
    result = await session.execute(
        select(Order).order_by(Order.id).where(Order.status == OrderStatus.NEW).limit(1)
    )
    order = result.scalars().first()
    if order is not None:
        return order.number
    return None


async def inactive(session: AsyncSession):
    statement = select(Product).order_by(Product.id)
    result = await session.execute(statement.where(Product.active.is_(False)))
    found = list(result.scalars().all())
    return [product.sku for product in found]


async def latest(session: AsyncSession):
    newest = (
        await session.scalars(select(Order).order_by(Order.placed_on.desc(), Order.number).limit(1))
    ).first()
    return newest and newest.number
