from shop_flask.models import Post

MODELS = "shop_flask"


def scenario(module, session):
    return module.listing()


def sizes(session):
    authors = session.query(Post.author_id).filter(Post.author_id.isnot(None))
    return {"posts": session.query(Post).count(), "authors": authors.distinct().count()}
