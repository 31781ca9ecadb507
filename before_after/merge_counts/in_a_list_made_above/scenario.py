from shop.models import Customer

RULES = ("merge-counts",)


def scenario(module, session):
    return module.figures(session)


def sizes(session):
    return {"customers": session.query(Customer).count()}


def statements(sizes):
    customers = sizes["customers"]
    return 1 + 3 * customers, 1 + 2 * customers
