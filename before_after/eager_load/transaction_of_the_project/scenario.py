from shop.models import Product


def scenario(module, session):
    return module.shelves(session)


def sizes(session):
    keys = session.query(Product.category_id).filter(Product.active)
    return {"categories": keys.filter(Product.category_id.isnot(None)).distinct().count()}
