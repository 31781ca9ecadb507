from shop.models import Product


def ids(session):
    found = [product.id for product in session.query(Product).order_by(Product.id)]
    return [*found, *found[:2], 999_999]


def scenario(module, session):
    given = ids(session)
    return [module.newest(session, given, True), module.newest(session, given, False)]


def sizes(session):
    given = ids(session)
    return {"product_ids": len(given), "distinct_product_ids": len(set(given))}


def statements(sizes):
    return 1 + 2 * sizes["product_ids"], 1 + 2 * -(-sizes["distinct_product_ids"] // 500)
