from shop.models import Product


def listed(session):
    skus = [product.sku for product in session.query(Product).order_by(Product.id)]
    return {"retail": [*skus, "P-X"], "promotion": [*skus[:3], *skus[:2]]}


def scenario(module, session):
    return module.import_prices(session, listed(session))


def sizes(session):
    given = listed(session)
    names = sum(len(skus) for skus in given.values())
    return {"skus": names, "known": names - 1}


def statements(sizes):
    return 1 + sizes["skus"] + sizes["known"], 2 + (sizes["known"] > 0)
