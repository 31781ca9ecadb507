from shop.models import Order


def scenario(module, session):
    keys = [key for (key,) in session.query(Order.id).order_by(Order.id)]
    orders = session.query(Order).order_by(Order.id).all()
    return module.balances(session, keys), module.all_paid(session, orders)


def sizes(session):
    count = session.query(Order).count()
    return {"keys": count, "order_ids": count, "orders": count, "ids": count}


def other(sizes):
    return 2  # the queries for the keys and the orders
