from shop.models import Category, Product


def scenario(module, session):
    return module.catalogue(session)


def sizes(session):
    rows = session.query(Product).filter(Product.active)
    keys = rows.filter(Product.supplier_id.isnot(None)).with_entities(Product.supplier_id)
    return {"suppliers": keys.distinct().count(), "products": rows.count()}
