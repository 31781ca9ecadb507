def scenario(module, session):
    return module.overview(session)


def sizes(session):
    from shop.models import Product

    active = session.query(Product).filter(Product.active).count()
    return {"chunks": -(-active // 500)}


def statements(sizes):
    return 2 + 4 * sizes["chunks"], 2 + 2 * sizes["chunks"]
