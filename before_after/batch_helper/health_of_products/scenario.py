from shop.models import Product, Review


def scenario(module, session):
    product = session.query(Product).order_by(Product.id).first()
    skus = [sku for (sku,) in session.query(Product.sku).order_by(Product.id).limit(3)]
    alone = module.calculate_popularity(session, product) if product else None
    return alone, module.popularity(session), module.favourites(session, skus)


def sizes(session):
    rated = {product_id for (product_id,) in session.query(Review.product_id)}
    first = [product.id in rated for product in session.query(Product).order_by(Product.id)[:3]]
    return {
        "products": session.query(Product).count(),
        "rated": len(rated),
        "first": len(first),
        "first_rated": sum(first),
        "alone": 2 + first[0] if first else 0,
    }


def statements(sizes):
    other = 4 + sizes["alone"]
    before = 2 * sizes["products"] + sizes["rated"] + 2 * sizes["first"] + sizes["first_rated"]
    after = 2 * bool(sizes["products"]) + bool(sizes["rated"])
    after += 2 * bool(sizes["first"]) + bool(sizes["first_rated"])
    return other + before, other + after
