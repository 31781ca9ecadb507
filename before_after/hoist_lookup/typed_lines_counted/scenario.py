from shop_typed.models import Order

MODELS = "shop_typed"


async def scenario(module, session):
    return await module.line_counts(session)


def sizes(session):
    orders = session.query(Order).count()
    return {"orders": orders, "order_ids": orders, "ids": orders}
