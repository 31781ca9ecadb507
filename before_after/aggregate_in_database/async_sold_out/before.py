"""Async code, with a condition on columns that may be NULL."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Product


async def sold_out(session: AsyncSession, supplier_id: int):
    result = await session.execute(select(Product).where(Product.supplier_id == supplier_id))
    products = result.scalars().all()
    missing = any(not product.stock and product.active for product in products)
    return missing


async def well_known(session: AsyncSession):
    found = (await session.scalars(select(Product).order_by(Product.id))).all()
    return all(product.stock is not None and product.stock < 90 for product in found)
