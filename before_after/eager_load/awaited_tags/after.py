"""Async code awaits a lazy load for each row."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from shop_typed.models import Product


async def tags(session: AsyncSession) -> dict[str, list[str]]:
    result = {}
    products = await session.scalars(
        select(Product).options(selectinload(Product.tags)).order_by(Product.id)
    )
    for product in products:
        result[product.sku] = [tag.name for tag in await product.awaitable_attrs.tags]
    return result
