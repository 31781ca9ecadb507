"""Async code, and a list that two branches test."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Product


async def stock_check(session: AsyncSession, supplier_id: int):
    statement = select(Product).where(Product.supplier_id == supplier_id, Product.stock == 0)
    has_missing = (await session.execute(select(statement.exists()))).scalar_one()
    message = "order more" if has_missing else "nothing to do"
    if not has_missing:
        return (
            message,
            (await session.execute(select(select(Product).limit(5).exists()))).scalar_one(),
        )
    return message, True
