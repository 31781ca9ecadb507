from shop.models import Order


def scenario(module, session):
    found = module.names(session)
    session.expunge_all()
    return found, module.names_at_once(session)


def sizes(session):
    keys = session.query(Order.customer_id).filter(Order.customer_id.isnot(None))
    return {"orders": session.query(Order).count(), "customers": keys.distinct().count()}


def other(sizes):
    # two for the lines, which an option loads by 500 orders, and one for the second list
    return 3 if sizes["orders"] else 1
