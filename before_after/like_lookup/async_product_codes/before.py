"""The codes of a list are looked for at the end of the keys of products."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Product


async def unknown(session: AsyncSession, codes: list[str]) -> list[str]:
    missing = []
    for code in codes:
        stmt = select(Product).where(Product.sku.endswith(code, autoescape=True))
        if (await session.execute(stmt)).scalars().first() is None:
            missing.append(code)
    return missing


async def named(session: AsyncSession, parts: list[str], supplier_id: int) -> list[list[str]]:
    return [
        [
            product.name
            for product in (
                await session.scalars(
                    select(Product)
                    .where(
                        Product.supplier_id == supplier_id,
                        Product.name.contains(part, autoescape=True),
                    )
                    .order_by(Product.id)
                )
            ).all()
        ]
        for part in parts
    ]
