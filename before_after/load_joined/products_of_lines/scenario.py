from sqlalchemy import func

from shop.models import OrderLine, Product


def scenario(module, session):
    return [module.products(session, page, 1000) for page in range(1)]


def sizes(session):
    return {"products": session.query(func.count(OrderLine.product_id.distinct())).scalar()}
