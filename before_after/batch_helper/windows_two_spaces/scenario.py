from shop.models import Product


def scenario(module, session):
    product = session.query(Product).order_by(Product.id).first()
    alone = module.category_slug(session, product, 1, 2, fallback="f") if product else None
    return alone, module.slugs(session)


def sizes(session):
    keys = {key for (key,) in session.query(Product.category_id)} - {None}
    return {"products": session.query(Product).count(), "category_ids": len(keys)}


def other(sizes):
    return 1 + (sizes["products"] > 0)
