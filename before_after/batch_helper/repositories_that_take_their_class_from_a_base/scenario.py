from shop.models import Customer, Product


def skus(session):
    found = [sku for (sku,) in session.query(Product.sku).order_by(Product.id)]
    return [*found, "none", *found[:2]]


def scenario(module, session):
    shop = module.Shop(session)
    return shop.prices(skus(session)), shop.customers()


def sizes(session):
    return {"skus": len(skus(session)), "customers": session.query(Customer).count()}


def statements(sizes):
    skus, customers = sizes["skus"], sizes["customers"]
    different = skus - min(skus - 1, 2)
    return 2 + skus + 2 * customers, 2 + -(-different // 500) + 2 * -(-customers // 500)
