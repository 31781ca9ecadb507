from shop.models import OrderLine


def scenario(module, session):
    return module.lines(session)


def sizes(session):
    orders = session.query(OrderLine.order_id).distinct()
    keys = session.query(OrderLine.product_id).filter(OrderLine.product_id.isnot(None)).distinct()
    return {"orders": orders.count(), "products": keys.count()}
