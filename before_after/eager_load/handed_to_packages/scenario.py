from shop_flask.models import Post

MODELS = "shop_flask"


def scenario(module, session):
    return module.authors(), module.feed(), module.by_author()


def sizes(session):
    keys = session.query(Post.author_id).filter(Post.author_id.isnot(None))
    return {"authors": keys.distinct().count()}
