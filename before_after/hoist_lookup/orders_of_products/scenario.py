from shop.models import Product


def scenario(module, session):
    return module.Statistics(session).by_product()


def sizes(session):
    products = session.query(Product).count()
    return {"products": products, "ids": products}
