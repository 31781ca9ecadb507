from shop.models import OrderLine, Product


def scenario(module, session):
    return module.picking_list(session)


def sizes(session):
    keys = session.query(OrderLine.product_id).filter(OrderLine.product_id.isnot(None))
    return {"products": keys.distinct().count()}
