"""Flask-SQLAlchemy, where nothing orders the rows: for a person to decide."""

from shop_flask.models import Post


def titles():
    return [post.title for post in Post.query.all() if post.published]


def page(size):
    return [post.id for post in Post.query.order_by(Post.id).all()[:size]]
