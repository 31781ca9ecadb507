from shop.models import Product


def idents(session):
    return [0, *(ident for (ident,) in session.query(Product.id).order_by(Product.id))]


def scenario(module, session):
    return module.known(session, idents(session))


def sizes(session):
    return {"distinct_idents": len(idents(session)), "idents": len(idents(session))}


def other(sizes):
    return 1
