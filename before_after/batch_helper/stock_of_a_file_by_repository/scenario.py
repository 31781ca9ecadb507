from shop.models import Product


def skus(session):
    return [sku for (sku,) in session.query(Product.sku).order_by(Product.id)]


def scenario(module, session):
    amounts = list(zip(skus(session), range(1000)))
    missing = module.restock(session, [*amounts, ("none", 1), *amounts[:2]])
    session.flush()
    return missing, session.query(Product.sku, Product.stock).order_by(Product.sku).all()


def sizes(session):
    number = len(skus(session))
    return {"amounts": number + 1 + min(2, number), "skus": number + 1}


def other(sizes):
    return 2
