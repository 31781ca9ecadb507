from shop.models import Product


def scenario(module, session):
    return module.review_counts(session)


def sizes(session):
    count = session.query(Product).count()
    return {"products": count, "ids": count}
