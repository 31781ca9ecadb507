from shop_typed.models import Customer

MODELS = "shop_typed"


def scenario(module, session):
    return module.names(session)


def sizes(session):
    return {"customers": session.query(Customer).count()}
