from shop.models import Category, Product


def scenario(module, session):
    # a product of no category is found by a key of None
    session.add(Product(sku="loose", name="Loose", price=1, category_id=None))
    session.flush()
    return module.beside(session)


def sizes(session):
    parents = [key for (key,) in session.query(Category.parent_id)]
    return {"categories": len(parents), "parent_ids": len(set(parents))}
