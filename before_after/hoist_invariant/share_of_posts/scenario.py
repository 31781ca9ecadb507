from shop_flask.models import Author

MODELS = "shop_flask"


def scenario(module, session):
    return module.shares()


def sizes(session):
    return {"authors": session.query(Author).count()}


def statements(sizes):
    return 1 + sizes["authors"], 1 + bool(sizes["authors"])
