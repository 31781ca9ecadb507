from shop_typed.models import OrderStatus

MODELS = "shop_typed"


def scenario(module, session):
    return [module.customers(session, status) for status in OrderStatus]


def statements(sizes):
    return 2 * 3, 3
