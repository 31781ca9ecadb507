from shop.models import Customer


def scenario(module, session):
    return module.referred(session)


def sizes(session):
    found = session.query(Customer).filter(Customer.referrer_id.isnot(None))
    return {"customers": found.count()}
