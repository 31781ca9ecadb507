"""Numbers of posts are queried that the list of the posts gives."""

from shop_flask.models import Author, Post, db


def summary(login):
    author = Author.query.filter_by(login=login).first()
    if author is None:
        return None
    posts = Post.query.filter_by(author_id=author.id).order_by(Post.id).all()
    total = len(posts)
    published = sum(1 for post in posts if post.published)
    best = max(
        (post.score for post in posts if post.score is not None and post.published is not None),
        default=None,
    )
    good = sum(1 for post in posts if post.score is not None and post.score >= 3)
    return {
        "titles": [post.title for post in posts],
        "total": total,
        "published": published,
        "best": best,
        "good": good,
    }
