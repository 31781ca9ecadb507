"""A function that nobody knows can reach the session of the request."""

from elsewhere import cleanup
from shop_flask.models import Post


def cleaned():
    before = Post.query.filter(Post.score > 3).count()  # review: merge-counts (calls-known)
    cleanup("posts")
    after = Post.query.filter(Post.score > 2).count()
    return before, after
