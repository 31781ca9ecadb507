from shop.models import Product


def scenario(module, session):
    skus = [sku for (sku,) in session.query(Product.sku).order_by(Product.id)]
    catalogue = module.Catalogue(session)
    found = catalogue.names(skus + skus[:1])
    try:
        return found, catalogue.names([*skus[:1], "none"])
    except module.NotFound as error:
        return found, error.name, error.sku


def sizes(session):
    return {"skus": session.query(Product).count()}


def statements(sizes):
    skus = sizes["skus"]
    return 1 + skus + bool(skus) + bool(skus) + 1, 1 + bool(skus) + 1
