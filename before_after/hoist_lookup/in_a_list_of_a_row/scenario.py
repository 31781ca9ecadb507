from shop.models import Product


def scenario(module, session):
    return module.counts(session)


def sizes(session):
    products = session.query(Product).count()
    return {"products": products, "ids": products}


def other(sizes):
    return 1 + bool(sizes["products"])
