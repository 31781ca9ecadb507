import datetime

from shop_typed.models import Order, OrderLine

MODELS = "shop_typed"


def scenario(module, session):
    return module.Report(session).rows(datetime.date(2000, 1, 1))


def sizes(session):
    return {"orders": session.query(OrderLine.order_id).distinct().count()}
