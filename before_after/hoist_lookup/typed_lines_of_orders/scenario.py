from shop_typed.models import Order

MODELS = "shop_typed"


def scenario(module, session):
    return module.Packing(session).lists()


def sizes(session):
    orders = session.query(Order).count()
    return {"orders": orders, "order_ids": orders, "ids": orders}
