from shop.models import Product


def wanted(session):
    skus = [product.sku for product in session.query(Product).order_by(Product.id)]
    return {"a": [*skus[::2], "", "unknown"], "b": skus, "c": []}


def scenario(module, session):
    return module.missing(session, wanted(session))


def sizes(session):
    given = [sku for skus in wanted(session).values() for sku in skus if sku]
    return {"skus": len(given), "distinct_skus": len(set(given))}


def other(sizes):
    return 1
