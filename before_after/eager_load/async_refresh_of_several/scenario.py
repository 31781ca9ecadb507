from shop_typed.models import Order

MODELS = "shop_typed"
REQUIRES = {"sqlalchemy": "2.0"}


async def scenario(module, session):
    return await module.totals(session)


def sizes(session):
    orders = session.query(Order).all()
    keys = {order.customer_id for order in orders} - {None}
    return {"orders": len(orders), "customers": len(keys)}


def statements(sizes):
    orders, customers = sizes["orders"], sizes["customers"]
    return 1 + 2 * orders + customers, 1 + bool(orders) + bool(customers)
