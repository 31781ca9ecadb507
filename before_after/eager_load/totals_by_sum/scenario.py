from shop_typed.models import Order

MODELS = "shop_typed"
REQUIRES = {"sqlalchemy": "2.0"}


def scenario(module, session):
    return module.quantities(session)


def sizes(session):
    return {"orders": session.query(Order).count()}
