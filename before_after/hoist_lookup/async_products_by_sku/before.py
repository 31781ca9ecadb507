"""Products are looked up by the article numbers of a request, in async code."""

from typing import List

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Product


async def prices(session: AsyncSession, skus: List[str]) -> list:
    found = []
    for sku in skus:
        result = await session.execute(select(Product).where(Product.sku == sku))
        product = result.scalar_one_or_none()
        if product is None:
            found.append((sku, None))
            continue
        found.append((sku, str(product.price)))
    return found
