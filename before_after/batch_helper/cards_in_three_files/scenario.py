from shop.models import Product


def scenario(module, session):
    return module.page(session)


def sizes(session):
    shown = session.query(Product).order_by(Product.id).limit(40).all()
    ids = {product.category_id for product in shown} - {None}
    return {"products": len(shown), "category_ids": len(ids)}
