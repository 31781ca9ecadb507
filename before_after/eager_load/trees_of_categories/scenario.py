from shop.models import Category, Product


def scenario(module, session):
    trees = module.trees(session)
    session.expunge_all()
    return trees, module.product_paths(session)


def sizes(session):
    above = dict(session.query(Category.id, Category.parent_id).all())
    used = {key for (key,) in session.query(Product.category_id) if key is not None}
    nearest = {above[key] for key in used} - used - {None}
    higher = set()
    for key in used:
        while (key := above[key]) is not None:
            higher.add(key)
    return {
        "nodes": len(above),
        "categories": sum(parent is None for parent in above.values()),
        "used": len(used),
        "parents": len(nearest),
        "higher": len(higher - used - nearest),
    }


def statements(sizes):
    # of the levels below the first each row is asked for its own, as before
    below = sizes["nodes"] - sizes["categories"]
    trees = 1 + sizes["nodes"], 1 + bool(sizes["categories"]) + below
    paths = 1 + sizes["used"] + sizes["parents"], 1 + bool(sizes["used"]) + bool(sizes["parents"])
    return trees[0] + paths[0] + sizes["higher"], trees[1] + paths[1] + sizes["higher"]
