from shop.models import Order, OrderStatus


def scenario(module, session):
    return module.labels(session)


def statements(sizes):
    return 1 + sizes["shipped to"], 1 + (sizes["addresses"] > 0)


def sizes(session):
    found = session.query(Order.address_id).filter(Order.address_id.isnot(None))
    shipped = found.filter(Order.status == OrderStatus.SHIPPED)
    return {"addresses": found.distinct().count(), "shipped to": shipped.distinct().count()}
