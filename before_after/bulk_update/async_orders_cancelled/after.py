"""Orders without a total are cancelled in 2.0 style."""

from sqlalchemy import func, select, update

from shop.models import Order, OrderStatus


async def cancel_all(session):
    await session.execute(
        update(Order)
        .where(Order.total.is_(None))
        .values(status=OrderStatus.CANCELLED)
        .execution_options(synchronize_session="fetch")
    )
    cancelled = select(func.count(Order.id)).where(Order.status == OrderStatus.CANCELLED)
    return await session.scalar(cancelled)
