from shop.models import Product


def scenario(module, session):
    return module.Tagging(session).untagged()


def sizes(session):
    return {"products": session.query(Product).count()}


def statements(sizes):
    return 1 + sizes["products"], 1 + (sizes["products"] > 0)
