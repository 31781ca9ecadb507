from shop_typed.models import Product

MODELS = "shop_typed"
REQUIRES = {"sqlalchemy": "2.0"}


async def scenario(module, session):
    return await module.tags(session)


def sizes(session):
    return {"products": session.query(Product).count()}
