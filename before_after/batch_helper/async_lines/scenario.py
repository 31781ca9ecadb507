from sqlalchemy import select

from shop_typed.models import Order

MODELS = "shop_typed"


async def scenario(module, session):
    first = (await session.scalars(select(Order).order_by(Order.id).limit(1))).first()
    alone = await module.largest_line(session, first) if first else None
    return alone, await module.largest_lines(session)


def sizes(session):
    count = session.query(Order).count()
    return {"orders": count, "ids": count}


def other(sizes):
    return 1 + (sizes["orders"] > 0)
