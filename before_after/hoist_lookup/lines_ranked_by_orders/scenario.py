from shop.models import Customer


def scenario(module, session):
    return module.latest(session), module.dearest(session)


def sizes(session):
    customers = session.query(Customer).count()
    return {"customers": customers, "ids": customers}
