"""Flask-SQLAlchemy: `Model.query`, and a Boolean that may be NULL."""

from shop_flask.models import Post


def scores(author_id):
    posts = Post.query.filter_by(author_id=author_id)
    return {
        "score": sum(post.score or 0 for post in posts.order_by(Post.title).all()),
        "best": max(
            (p.score for p in Post.query.filter(Post.score.isnot(None)) if p.score), default=0
        ),
        "open": any(not post.published for post in Post.query.all()),
        "done": all(post.published for post in Post.query.filter(Post.score > 2)),
    }
