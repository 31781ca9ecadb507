from shop.models import Order


async def scenario(module, session):
    return await module.positions(session)


def sizes(session):
    return {"orders": session.query(Order).count()}
