from shop_typed.models import Customer, Order

MODELS = "shop_typed"
SAVES = "time"


def scenario(module, session):
    return module.CustomerPage(session).quantities()


def sizes(session):
    return {"customers": session.query(Customer).count(), "orders": session.query(Order).count()}
