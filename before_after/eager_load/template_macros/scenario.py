from shop.models import Product


def scenario(module, session):
    return module.page(session)


def sizes(session):
    suppliers = session.query(Product.supplier_id).filter(Product.supplier_id.isnot(None))
    categories = session.query(Product.category_id).filter(Product.category_id.isnot(None))
    return {
        "suppliers": suppliers.distinct().count(),
        "categories": categories.distinct().count(),
    }
