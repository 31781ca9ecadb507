from shop_typed.models import Order

MODELS = "shop_typed"
REQUIRES = {"sqlalchemy": "2.0"}


def scenario(module, session):
    return module.report(session)


def sizes(session):
    keys = session.query(Order.customer_id).filter(Order.customer_id.isnot(None))
    return {"orders": session.query(Order).count(), "customers": keys.distinct().count()}
