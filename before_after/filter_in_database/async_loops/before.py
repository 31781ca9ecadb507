"""Async code: loops over rows that a Result gives."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Order, OrderStatus, Product


async def first_new(session: AsyncSession):
    result = await session.execute(select(Order).order_by(Order.id))
    for order in result.scalars():
        if order.status == OrderStatus.NEW:
            return order.number
    return None


async def inactive(session: AsyncSession):
    statement = select(Product).order_by(Product.id)
    result = await session.execute(statement)
    found = []
    for product in result.scalars().all():
        if not product.active:
            found.append(product)
    return [product.sku for product in found]


async def latest(session: AsyncSession):
    newest = None
    for order in await session.scalars(select(Order).order_by(Order.number)):
        if newest is None or newest.placed_on < order.placed_on:
            newest = order
    return newest and newest.number
