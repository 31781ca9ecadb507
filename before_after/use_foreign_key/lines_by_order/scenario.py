from shop_typed.models import OrderLine

MODELS = "shop_typed"


def scenario(module, session):
    return module.Statistics(session).lines_by_order()


def sizes(session):
    return {"orders": len({line.order_id for line in session.query(OrderLine)})}
