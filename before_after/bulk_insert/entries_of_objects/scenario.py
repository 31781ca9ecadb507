from shop.models import Order

SAVES = "writes"


def scenario(module, session):
    return module.log_orders(session, "seen")


def sizes(session):
    return {"orders": session.query(Order).count()}


def statements(sizes):
    return sizes["orders"], 1 if sizes["orders"] else 0
