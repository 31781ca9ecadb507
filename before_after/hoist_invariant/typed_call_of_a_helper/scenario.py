from shop_typed.models import Order

MODELS = "shop_typed"


def scenario(module, session):
    orders = session.query(Order).order_by(Order.id).all()
    numbers = [str(order.placed_on) for order in orders]
    amounts = [order.id for order in orders]
    return module.labels(session, 1, numbers), module.shares(session, amounts)


def sizes(session):
    orders = session.query(Order).count()
    return {"numbers": orders, "amounts": orders}


def statements(sizes):
    orders = sizes["numbers"]
    return 1 + 2 * orders, 1 + 2 * (orders > 0)
