from shop.models import Customer


def scenario(module, session):
    return module.last_orders(session)


def sizes(session):
    customers = session.query(Customer).count()
    return {"customers": customers, "ids": customers}
