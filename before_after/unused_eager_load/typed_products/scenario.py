MODELS = "shop_typed"
REQUIRES = {"sqlalchemy": "2.0"}


def scenario(module, session):
    return module.prices(session)


def sizes(session):
    from shop_typed.models import Product

    return {"chunks": -(-session.query(Product).count() // 500)}


def statements(sizes):
    return 1 + sizes["chunks"], 1
