from shop.models import Category, Product


def scenario(module, session):
    return module.Catalogue(session).rows("category-1")


def sizes(session):
    found = session.query(Product).filter(Product.active).join(Product.category)
    found = found.filter(Category.slug != "category-1").all()
    suppliers = {product.supplier_id for product in found} - {None}
    return {"products": len(found), "suppliers": len(suppliers)}
