from shop_typed.models import Order

MODELS = "shop_typed"


async def scenario(module, session):
    return await module.mails(session)


def sizes(session):
    ids = [key for (key,) in session.query(Order.customer_id) if key is not None]
    return {"orders": len(ids), "customer_ids": len(set(ids))}


def other(sizes):
    return 1
