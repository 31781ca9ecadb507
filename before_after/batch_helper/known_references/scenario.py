from shop.models import Customer


def wanted(session):
    return [key for (key,) in session.query(Customer.id).order_by(Customer.id)]


def scenario(module, session):
    keys = wanted(session)
    return module.raters(session, keys, 1), [module.has_rated(session, key) for key in keys[:1]]


def sizes(session):
    count = len(wanted(session))
    return {"customer_ids": count, "distinct_customer_ids": count}


def other(sizes):
    return 1 + min(sizes["customer_ids"], 1)
