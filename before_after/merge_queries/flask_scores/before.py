"""Numbers of posts are queried that the list of the posts gives."""

from shop_flask.models import Author, Post, db


def summary(login):
    author = Author.query.filter_by(login=login).first()
    if author is None:
        return None
    posts = Post.query.filter_by(author_id=author.id).order_by(Post.id).all()
    total = Post.query.filter_by(author_id=author.id).count()
    published = Post.query.filter_by(author_id=author.id, published=True).count()
    best = (
        Post.query.with_entities(db.func.max(Post.score))
        .filter(Post.author_id == author.id, Post.published.isnot(None))
        .scalar()
    )
    good = Post.query.filter(Post.author_id == author.id, Post.score >= 3).count()
    return {
        "titles": [post.title for post in posts],
        "total": total,
        "published": published,
        "best": best,
        "good": good,
    }
