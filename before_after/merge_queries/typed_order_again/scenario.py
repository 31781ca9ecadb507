from shop_typed.models import Order

MODELS = "shop_typed"


def scenario(module, session):
    return [module.is_open(session, key) for key in (1, 2, 3, -1)], module.numbers(session, 1)


def sizes(session):
    return {"orders": session.query(Order).filter(Order.id.in_((1, 2, 3))).count()}


def statements(sizes):
    return 4 + 2 * sizes["orders"] + 2, 4 + 1
