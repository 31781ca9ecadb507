from shop_typed.models import Customer

MODELS = "shop_typed"


def scenario(module, session):
    return module.newest(session)


def sizes(session):
    customers = session.query(Customer).count()
    return {"customers": customers, "ids": customers}
