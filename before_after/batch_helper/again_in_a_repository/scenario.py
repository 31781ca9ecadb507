from sqlalchemy import func, select

from shop.models import Customer


async def scenario(module, session):
    return await module.board(session)


def sizes(session):
    return {"customers": session.scalar(select(func.count()).select_from(Customer))}
