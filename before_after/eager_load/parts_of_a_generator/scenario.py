from shop.models import Order


RULES = ("eager-load",)


def scenario(module, session):
    return module.owed(session)


def sizes(session):
    orders = session.query(Order).all()
    return {
        "orders": len(orders),
        "customers": len({order.customer_id for order in orders} - {None}),
    }


def other(sizes):
    return sizes["orders"]
