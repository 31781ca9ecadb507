from sqlalchemy import func, select

from shop.models import Order


async def scenario(module, session):
    return await module.amounts(session)


def sizes(session):
    orders = session.scalar(select(func.count(Order.id)))
    return {"orders": orders, "ids": orders}
