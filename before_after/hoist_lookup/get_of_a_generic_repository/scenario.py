from shop_typed.models import Customer

MODELS = "shop_typed"


def ids(session):
    return [key for (key,) in session.query(Customer.id).order_by(Customer.email)]


def scenario(module, session):
    return module.Letters(session).addresses([*ids(session), 0, -1])


def sizes(session):
    number = len(ids(session)) + 2
    return {"customer_ids": number, "distinct_customer_ids": number}


def other(sizes):
    return 1
