"""The codes of a list are looked for at the end of the keys of products."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Product


async def unknown(session: AsyncSession, codes: list[str]) -> list[str]:
    missing = []
    skus = list(await session.scalars(select(Product.sku)))
    for code in codes:
        if not any(sku.endswith(code) for sku in skus):
            missing.append(code)
    return missing


async def named(session: AsyncSession, parts: list[str], supplier_id: int) -> list[list[str]]:
    products = (
        await session.execute(
            select(Product.name).where(Product.supplier_id == supplier_id).order_by(Product.id)
        )
    ).all()
    return [
        [product.name for product in [product for product in products if part in product.name]]
        for part in parts
    ]
