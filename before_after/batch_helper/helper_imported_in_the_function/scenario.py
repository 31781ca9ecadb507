from shop.models import Product


def skus(session):
    found = [sku for (sku,) in session.query(Product.sku).order_by(Product.id)]
    return [*found, "none", *found[:2]]


def scenario(module, session):
    asked = skus(session)
    return module.stocks(session, asked), module.labels(session, asked)


def sizes(session):
    asked = skus(session)
    return {"skus": len(asked), "distinct_skus": len(set(asked))}


def statements(sizes):
    return 1 + 3 * sizes["skus"], 4
