from shop.models import Product


def scenario(module, session):
    first = session.query(Product.id).order_by(Product.id).limit(1).scalar()
    return module.catalogue(session), module.prices.listed(session, first, "retail")


def sizes(session):
    count = session.query(Product).filter_by(active=True).count()
    return {"products": count, "ids": count}


def other(sizes):
    return 2
