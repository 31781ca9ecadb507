from shop.models import Country, Product


def _prices(session):
    return [product.price for product in session.query(Product).order_by(Product.id)]


def scenario(module, session):
    return module.labels(session, _prices(session), "DE"), module.labels(session, [], "none")


def sizes(session):
    return {"prices": len(_prices(session))}


def statements(sizes):
    return 1 + sizes["prices"], 1 + bool(sizes["prices"])
