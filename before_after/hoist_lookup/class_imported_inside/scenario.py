from shop.models import Order


def scenario(module, session):
    return module.birthdays(session), module.lines(session)


def sizes(session):
    keys = [order.customer_id for order in session.query(Order)]
    return {"orders": len(keys), "customer_ids": len(set(keys) - {None})}
