from shop_typed.models import Order, OrderStatus

MODELS = "shop_typed"


def scenario(module, session):
    return module.month_end(session)


def sizes(session):
    count = session.query(Order).filter(Order.status != OrderStatus.CANCELLED).count()
    return {"orders": count, "ids": count}


def statements(sizes):
    return 3 + 2 * sizes["orders"], 3 + 2 * (sizes["ids"] > 0)
