from shop_flask.models import Author

MODELS = "shop_flask"


def scenario(module, session):
    return module.histogram()


def sizes(session):
    return {"authors": min(3, session.query(Author).count()), "buckets": 3}


def statements(sizes):
    return 1 + 3 * sizes["authors"], 1 + sizes["authors"]
