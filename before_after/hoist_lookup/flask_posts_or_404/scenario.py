from werkzeug.exceptions import NotFound

from shop_flask.models import Comment, Post

MODELS = "shop_flask"


def texts(session):
    return {post.id: f"re: {post.title}" for post in session.query(Post).order_by(Post.id)}


def scenario(module, session):
    result = [module.comment_all(texts(session))]
    try:
        module.comment_all({**texts(session), 999_999: "lost", 1: "again"})
    except NotFound as error:
        result.append(error.description)
    result.append(session.query(Comment).count())
    return result


def sizes(session):
    found = session.query(Post).count()
    return {"texts": found, "distinct_post_ids": found}


def statements(sizes):
    posts = sizes["texts"]
    chunks = -(-posts // 500)
    return 3 + posts + posts + 1, 3 + chunks + -(-(posts + 1) // 500)
