from shop_typed.models import Customer

MODELS = "shop_typed"


def _wanted(session):
    return {key: "customer %d" % key for (key,) in session.query(Customer.id)}


def scenario(module, session):
    known = module.emails(session, _wanted(session))
    try:
        module.emails(session, {-1: "nobody"})
    except Exception as error:
        return known, type(error).__name__, str(error)


def sizes(session):
    customers = session.query(Customer).count()
    return {"items": customers + 1, "customer_ids": customers}


def statements(sizes):
    return 1 + sizes["items"], 2 + (sizes["customer_ids"] > 0)
