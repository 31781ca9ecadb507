"""Async code, with a condition on columns that may be NULL."""

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Product


async def sold_out(session: AsyncSession, supplier_id: int):
    missing = (
        await session.execute(
            select(
                select(Product)
                .where(Product.supplier_id == supplier_id)
                .where(or_(Product.stock.is_(None), Product.stock == 0), Product.active.is_(True))
                .exists()
            )
        )
    ).scalar_one()
    return missing


async def well_known(session: AsyncSession):
    return not (
        await session.execute(
            select(
                select(Product).where(or_(Product.stock.is_(None), Product.stock >= 90)).exists()
            )
        )
    ).scalar_one()
