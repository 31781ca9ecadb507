from shop.models import Product


def scenario(module, session):
    return module.active(session)


def sizes(session):
    active = session.query(Product).filter(Product.active)
    keys = active.filter(Product.supplier_id.isnot(None)).with_entities(Product.supplier_id)
    return {"products": active.count(), "suppliers": keys.distinct().count()}
