from shop_flask.models import Post

MODELS = "shop_flask"


def scenario(module, session):
    return module.overview()


def sizes(session):
    count = session.query(Post).count()
    return {"posts": count, "ids": count}
