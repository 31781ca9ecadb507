from shop.models import Order


def scenario(module, session):
    keys = [key for (key,) in session.query(Order.id).order_by(Order.id)]
    return module.balances(session, keys)


def sizes(session):
    count = session.query(Order).count()
    return {"keys": count, "order_ids": count}


def other(sizes):
    return 1  # the query for the keys
