from shop_flask.models import Comment, Post

MODELS = "shop_flask"


def scenario(module, session):
    pages = [module.overview(session, "All", newest=True)]
    session.expunge_all()
    return [*pages, module.discussion(session, "All")]


def statements(sizes):
    saved = sizes["authors"] + sizes["commenting"]
    fetched = (sizes["authors"] > 0) + (sizes["commenting"] > 0)
    return 3 + saved, 3 + fetched


def sizes(session):
    authors = session.query(Post.author_id).filter(Post.author_id.isnot(None))
    commenting = session.query(Comment.author_id).filter(Comment.author_id.isnot(None))
    return {
        "authors": authors.distinct().count(),
        "commenting": commenting.distinct().count(),
    }
