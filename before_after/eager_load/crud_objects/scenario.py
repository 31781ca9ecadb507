from shop.models import OrderLine


def scenario(module, session):
    return module.first_products(session), module.fresh_tags(session)


def sizes(session):
    lines = session.query(OrderLine.product_id).filter(OrderLine.position == 1)
    keys = lines.filter(OrderLine.product_id.isnot(None)).distinct()
    return {"products": keys.count()}


def other(sizes):
    return 1
