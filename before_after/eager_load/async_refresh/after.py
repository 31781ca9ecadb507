"""In async code a refresh for each row stands in for the lazy load."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from shop_typed.models import Product


async def tags(session: AsyncSession) -> dict[str, list[str]]:
    products = (
        (
            await session.execute(
                select(Product).options(selectinload(Product.tags)).order_by(Product.id)
            )
        )
        .scalars()
        .all()
    )
    result = {}
    for product in products:
        # lazy loads do not work here
        result[product.sku] = [tag.name for tag in product.tags]
    return result
