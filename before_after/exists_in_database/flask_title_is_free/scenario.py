from shop_flask.models import Post

MODELS = "shop_flask"


def scenario(module, session):
    free = [module.title_is_free(title) for title in ("Post 1", "none")]
    return free, [module.status(author_id) for author_id in (1, 2, 3, None)], module.has_comments()


def sizes(session):
    published = {row.author_id for row in session.query(Post).filter(Post.published.is_(True))}
    return {"published": len(published & {1, 2, 3, None})}


def statements(sizes):
    return 11 - sizes["published"], 11 - sizes["published"]
