from shop_typed.models import Order

MODELS = "shop_typed"
REQUIRES = {"sqlalchemy": "2.0"}


async def scenario(module, session):
    return await module.emails(session)


def sizes(session):
    keys = session.query(Order.customer_id).filter(Order.customer_id.isnot(None))
    return {"customers": keys.distinct().count()}
