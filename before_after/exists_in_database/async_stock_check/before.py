"""Async code, and a list that two branches test."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Product


async def stock_check(session: AsyncSession, supplier_id: int):
    statement = select(Product).where(Product.supplier_id == supplier_id, Product.stock == 0)
    missing = (await session.execute(statement.order_by(Product.name))).scalars().all()
    message = "order more" if missing else "nothing to do"
    if not missing:
        return message, bool((await session.scalars(select(Product).limit(5))).all())
    return message, True
