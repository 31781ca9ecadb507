from shop.models import Order


def scenario(module, session):
    return module.by_city(session)


def sizes(session):
    keys = session.query(Order.address_id).filter(Order.address_id.isnot(None))
    return {"addresses": keys.distinct().count()}
