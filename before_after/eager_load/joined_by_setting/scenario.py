from datetime import date

from shop.models import Order

SINCE = date(2024, 2, 28)


def scenario(module, session):
    return module.addresses(session, SINCE)


def sizes(session):
    orders = session.query(Order.address_id).filter(Order.placed_on >= SINCE)
    return {"addresses": orders.filter(Order.address_id.isnot(None)).distinct().count()}
