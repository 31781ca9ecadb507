"""The product of a review, and the supplier of the product, are got one by one."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Product, Review, Supplier


async def origin(session: AsyncSession, review_id: int) -> str:
    review = (await session.execute(select(Review).where(Review.id == review_id))).scalar_one()
    product = await session.scalar(select(Product).where(Product.id == review.product_id))
    if product is None:
        return "unknown"
    found = await session.scalars(select(Supplier).where(Supplier.id == product.supplier_id))
    supplier = found.first()
    number = await session.scalar(
        select(func.count(Review.id)).where(Review.product_id == product.id)
    )
    return f"{supplier.name if supplier else 'own'}: {product.name}, {number}"
