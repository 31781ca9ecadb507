"""Orders without a total are cancelled in 2.0 style."""

from sqlalchemy import func, select

from shop.models import Order, OrderStatus


async def cancel_all(session):
    for order in (await session.scalars(select(Order).where(Order.total.is_(None)))).all():
        order.status = OrderStatus.CANCELLED
        session.add(order)
    cancelled = select(func.count(Order.id)).where(Order.status == OrderStatus.CANCELLED)
    return await session.scalar(cancelled)
