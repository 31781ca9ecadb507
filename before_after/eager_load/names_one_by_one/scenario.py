from shop.models import Order


def scenario(module, session):
    return module.table(session)


def sizes(session):
    customers = session.query(Order.customer_id).filter(Order.customer_id.isnot(None))
    addresses = session.query(Order.address_id).filter(Order.address_id.isnot(None))
    return {
        "orders": session.query(Order).count(),
        "customers": customers.distinct().count(),
        "addresses": addresses.distinct().count(),
    }
