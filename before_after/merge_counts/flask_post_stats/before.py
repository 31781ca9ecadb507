"""Flask-SQLAlchemy's `Model.query` and `filter_by()`, with NULL in a Boolean column."""

from shop_flask.models import Post


class Stats:
    pass


def post_stats(author_id):
    stats = Stats()
    posts = Post.query.filter_by(author_id=author_id)
    stats.published = posts.filter_by(published=True).count()
    stats.drafts = posts.filter_by(published=False).count()
    stats.undecided = posts.filter_by(published=None).count()
    return stats


def totals():
    scored = Post.query.filter(Post.score > 3, Post.title != "Post 1").count()
    popular = Post.query.filter_by(score=6).filter(Post.title != "Post 1").count()
    return scored, popular
