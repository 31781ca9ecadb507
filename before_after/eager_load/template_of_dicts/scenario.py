from shop_flask.models import Comment, Post

MODELS = "shop_flask"


def scenario(module, session):
    return module.overview(session)


def sizes(session):
    authors = session.query(Comment.author_id).filter(Comment.author_id.isnot(None))
    return {"posts": session.query(Post).count(), "authors": authors.distinct().count()}


def other(sizes):
    return 1  # the count of the pages
