from shop.models import Category, Product


def scenario(module, session):
    slugs = [slug for (slug,) in session.query(Category.slug).order_by(Category.id)]
    skus = [sku for (sku,) in session.query(Product.sku).order_by(Product.id)]
    moves = [(sku, slugs[-number % len(slugs)]) for number, sku in enumerate(skus)]
    return module.move(session, [*moves, ("?", "?"), *moves[:2]])


def sizes(session):
    products = session.query(Product).count()
    found = {"moves": products + 1 + min(products, 2)}
    return found | {"distinct_skus": products + 1, "distinct_slugs": products + 1}


def statements(sizes):
    return 2 + 2 * sizes["moves"], 2 + 2
