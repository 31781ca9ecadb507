from shop.models import Category, Product


def scenario(module, session):
    return module.tree(session)


def sizes(session):
    keys = session.query(Product.supplier_id).filter(
        Product.supplier_id.isnot(None), Product.category_id.isnot(None)
    )
    return {
        "categories": session.query(Category).count(),
        "suppliers": keys.distinct().count(),
    }
