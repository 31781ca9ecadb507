from shop.models import Product

SAVES = "writes"


def scenario(module, session):
    return module.ask_for_reviews(session, "What do you think?")


def statements(sizes):
    return sizes["products"], 1 if sizes["products"] else 0


def sizes(session):
    return {"products": session.query(Product).filter_by(active=True).count()}
