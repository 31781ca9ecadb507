from shop.models import Product


def codes(session):
    return [str(number) for number in range(session.query(Product).count())]


def scenario(module, session):
    return module.prices(session, codes(session))


def sizes(session):
    return {"codes": len(codes(session))}


def other(sizes):
    return 1
