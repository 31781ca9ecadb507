from shop_typed.models import Order

MODELS = "shop_typed"


async def scenario(module, session):
    return await module.totals(session)


def sizes(session):
    return {"orders": session.query(Order).count()}
