from shop.models import Product


def scenario(module, session):
    ids = [key for (key,) in session.query(Product.id).order_by(Product.id)]
    return module.names(session, [*ids, 0, *ids[:1]])


def sizes(session):
    count = session.query(Product).count()
    return {"product_ids": count + 1 + min(count, 1), "distinct_product_ids": count + 1}


def statements(sizes):
    # with the scenario's own query
    return 1 + sizes["product_ids"], 2
