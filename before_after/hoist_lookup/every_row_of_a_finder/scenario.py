from shop.models import Product


def scenario(module, session):
    skus = [sku for (sku,) in session.query(Product.sku).order_by(Product.sku)]
    rows = [(given, n) for n, sku in enumerate(skus) for given in (sku, "")]
    return module.named(session, [*rows, ("none", 1)])


def sizes(session):
    count = session.query(Product).count()
    return {"rows": 2 * count + 1, "products": count}


def statements(sizes):
    # with the scenario's own query
    return 1 + sizes["rows"], 2
