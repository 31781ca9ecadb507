"""How many orders were open on the day of each order, of which many have a day in common."""

from shop.models import Order, OrderStatus
from sqlalchemy import func, select


async def backlog_on(session, day, statuses=(OrderStatus.NEW, OrderStatus.PAID)):
    result = await session.execute(
        select(func.count(Order.id)).where(Order.placed_on <= day, Order.status.in_(statuses))
    )
    return result.scalar_one()


async def backlogs(session):
    result = await session.execute(select(Order.number, Order.placed_on).order_by(Order.id))
    found = {}
    known_backlogs = {}
    for number, placed_on in result.all():
        if placed_on not in known_backlogs:
            known_backlogs[placed_on] = await backlog_on(session, placed_on)
        found[number] = min(known_backlogs[placed_on], 50)
    return found
