from shop_typed.models import Order

MODELS = "shop_typed"
FLUSHES = False


def scenario(module, session):
    for customer_id in (1, 2):
        module.pay(session, customer_id)
    orders = session.query(Order).order_by(Order.id)
    return [order.status.name for order in orders]


def statements(sizes):
    return 3, 1
