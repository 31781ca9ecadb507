from shop.models import Category, Order, OrderStatus, Product


def scenario(module, session):
    skus = [sku for (sku,) in session.query(Product.sku).order_by(Product.id)]
    names = [name for (name,) in session.query(Product.name).order_by(Product.id)]
    slugs = [slug for (slug,) in session.query(Category.slug).order_by(Category.id)]
    catalogue = module.Catalogue(session)
    return (
        catalogue.prices([*skus, "none"] if skus else []),
        catalogue.sizes(slugs[:1] + slugs),
        catalogue.offered(),
        catalogue.ids(names),
        module.lines(session, OrderStatus.PAID),
    )


def statements(sizes):
    skus, slugs, orders = sizes["skus"], sizes["categories"], sizes["orders"]
    asked = skus + bool(skus) + slugs + bool(slugs) + slugs + skus + 2 * orders
    fetched = 2 * bool(skus) + 2 * bool(slugs) + 2 * bool(orders)
    return 5 + asked, 5 + fetched


def sizes(session):
    orders = session.query(Order).filter_by(status=OrderStatus.PAID).count()
    return {
        "skus": session.query(Product).count(),
        "categories": session.query(Category).count(),
        "orders": orders,
    }
