from shop.models import Order


def scenario(module, session):
    return module.parcels(session)


def sizes(session):
    orders = session.query(Order).all()
    return {
        "orders": len(orders),
        "address_ids": len({order.address_id for order in orders} - {None}),
    }
