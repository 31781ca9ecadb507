from shop.models import Order

SAVES = "writes"


async def scenario(module, session):
    return await module.pay_all(session, "transfer")


def sizes(session):
    return {"orders": session.query(Order).filter(Order.total.is_not(None)).count()}


def statements(sizes):
    return sizes["orders"], 1 if sizes["orders"] else 0
