"""A view gets one row or answers 404, and goes through what belongs to the row."""

from shop_flask.models import Post


def show(post_id):
    post = Post.query.get_or_404(post_id)
    texts = [post.title]
    for comment in post.comments:
        texts.append(comment.author.login if comment.author else "anonymous")
    return texts
