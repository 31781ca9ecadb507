from sqlalchemy import func

from shop.models import OrderLine


def longest(session):
    lines = session.query(OrderLine.order_id, func.count(OrderLine.product_id.distinct()))
    found = lines.group_by(OrderLine.order_id).all()
    return min(found, key=lambda each: (-each[1], each[0]), default=(0, 0))


def scenario(module, session):
    key, _ = longest(session)
    found = module.skus(session, key)
    session.expunge_all()
    return found, module.reviewed(session, key)


def sizes(session):
    _, products = longest(session)
    return {"lines": products, "products": products}
