from shop.models import Product


def skus(session):
    return [sku for (sku,) in session.query(Product.sku).order_by(Product.id)]


def scenario(module, session):
    found = skus(session)
    return module.total(session, [*found, "none", *found[:2]]), module.Catalogue(session).price("none")


def sizes(session):
    return {"skus": len(skus(session))}


def statements(sizes):
    asked = sizes["skus"] + 1
    return 2 + asked + min(2, sizes["skus"]), 2 + -(-asked // 500)
