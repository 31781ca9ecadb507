"""Posts of a blog with the number of their comments, counted by a function of the module."""

from shop_flask.models import Comment, Post, db


def _comment_count(post_id):
    return db.session.query(Comment).filter_by(post_id=post_id).count()


def overview():
    posts = Post.query.order_by(Post.id).all()
    rows = []
    for post in posts:
        rows.append({"title": post.title, "comments": _comment_count(post.id)})
    return rows
