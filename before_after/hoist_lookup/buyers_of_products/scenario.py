from shop.models import Product


def scenario(module, session):
    return module.buyers(session), module.reviewers(session), module.quantities(session)


def sizes(session):
    products = session.query(Product).count()
    return {"products": products, "ids": products}
