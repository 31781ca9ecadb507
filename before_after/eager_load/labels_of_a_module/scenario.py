from shop_flask.models import Comment

MODELS = "shop_flask"


def scenario(module, session):
    return module.captions("shop.new", ".")


def sizes(session):
    keys = session.query(Comment.author_id).filter(Comment.author_id.isnot(None))
    return {"authors": keys.distinct().count()}
