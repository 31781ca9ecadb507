"""Async code: a page of rows, and a condition."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Product


async def cheap_page(session: AsyncSession, size: int):
    products = (await session.scalars(select(Product).order_by(Product.sku).limit(5))).all()
    return [product.sku for product in products]


async def without_supplier(session: AsyncSession):
    return [
        product.name
        for product in (
            await session.execute(
                select(Product)
                .order_by(Product.id)
                .where(Product.active.is_(True), Product.supplier_id.is_(None))
            )
        ).scalars()
    ]
