def scenario(module, session):
    return module.priced(session, 1), module.lines(session)


def sizes(session):
    from shop.models import Order, OrderLine

    return {
        "orders": session.query(Order).count(),
        "products": session.query(OrderLine.product_id)
        .filter(OrderLine.product_id.isnot(None))
        .distinct()
        .count(),
    }


def other(sizes):
    return 1
