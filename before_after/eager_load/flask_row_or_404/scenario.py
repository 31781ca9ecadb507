from sqlalchemy import func

from shop_flask.models import Comment

MODELS = "shop_flask"


def longest(session):
    comments = session.query(Comment.post_id, func.count(Comment.author_id.distinct()))
    found = comments.group_by(Comment.post_id).all()
    return min(found, key=lambda each: (-each[1], each[0]), default=(0, 0))


def scenario(module, session):
    key, _ = longest(session)
    return module.show(key) if key else None


def sizes(session):
    _, authors = longest(session)
    return {"comments": authors, "authors": authors}


def other(sizes):
    return 1 if sizes["comments"] else -1
