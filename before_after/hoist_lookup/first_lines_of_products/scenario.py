from shop.models import Product


def scenario(module, session):
    return module.sold_first(session)


def sizes(session):
    number = session.query(Product).filter(Product.active).count()
    return {"products": number, "ids": number}
