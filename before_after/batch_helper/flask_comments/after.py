"""Posts of a blog with the number of their comments, counted by a function of the module."""

from sqlalchemy import func

from shop_flask.models import Comment, Post, db


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def _comment_counts_by_post_id(post_ids):
    """Fetch what _comment_count() looks up for all of these post ids."""
    comment_counts = {}
    for chunk in _chunks(post_ids):
        for post_id, count in (
            db.session.query(Comment.post_id, func.count())
            .filter(Comment.post_id.in_(chunk))
            .group_by(Comment.post_id)
        ):
            comment_counts[post_id] = count
    return comment_counts


def _comment_count(post_id, *, comment_counts=None):
    if comment_counts is None:
        comment_counts = _comment_counts_by_post_id([post_id])
    return comment_counts.get(post_id, 0)


def overview():
    posts = Post.query.order_by(Post.id).all()
    rows = []
    comment_counts = _comment_counts_by_post_id([post.id for post in posts])
    for post in posts:
        rows.append(
            {
                "title": post.title,
                "comments": _comment_count(post.id, comment_counts=comment_counts),
            }
        )
    return rows
