from shop.models import OrderStatus


def scenario(module, session):
    return module.open_orders(session, OrderStatus.NEW)
