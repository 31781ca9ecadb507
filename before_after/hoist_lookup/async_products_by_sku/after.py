"""Products are looked up by the article numbers of a request, in async code."""

from collections.abc import Iterable, Iterator
from typing import Any, List

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Product


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


async def prices(session: AsyncSession, skus: List[str]) -> list:
    found = []
    products: dict[str, Product] = {}
    for chunk in _chunks(skus):
        for row in (await session.execute(select(Product).where(Product.sku.in_(chunk)))).scalars():
            products[row.sku] = row
    for sku in skus:
        product = products.get(sku)
        if product is None:
            found.append((sku, None))
            continue
        found.append((sku, str(product.price)))
    return found
