from shop.models import Product


def scenario(module, session):
    return module.popularity(session)


def sizes(session):
    found = session.query(Product).filter(Product.stock > 0).all()
    suppliers = {product.supplier_id for product in found} - {None}
    return {"products": len(found), "suppliers": len(suppliers)}


def other(sizes):
    return 1 if sizes["suppliers"] else 0
