from shop.models import Product


def scenario(module, session):
    products = session.query(Product).order_by(Product.id).limit(6).all()
    return [module.Products(session).usage(product) for product in products]


def sizes(session):
    return {"products": min(6, session.query(Product).count())}


def statements(sizes):
    return 1 + 3 * sizes["products"], 1 + sizes["products"]
