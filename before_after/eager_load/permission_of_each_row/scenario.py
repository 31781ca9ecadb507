from shop.models import Order, User


def scenario(module, session):
    return module.visible(session, "user1"), module.visible(session, "nobody")


def sizes(session):
    keys = session.query(Order.customer_id).filter(Order.customer_id.isnot(None)).distinct()
    return {"customers": keys.count()}


def statements(sizes):
    return 2 + 2 * sizes["customers"], 2 + 2 * bool(sizes["customers"])
