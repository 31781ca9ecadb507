from shop_typed.models import Product

MODELS = "shop_typed"


def _skus(session):
    known = [sku for (sku,) in session.query(Product.sku).order_by(Product.id)]
    return [*known[::2], "P-new", *known[:1], "p-001", "P-new"]


def scenario(module, session):
    return module.new_skus(session, _skus(session))


def sizes(session):
    skus = _skus(session)
    return {"skus": len(skus), "distinct_skus": len(set(skus))}


def other(sizes):
    return 1
