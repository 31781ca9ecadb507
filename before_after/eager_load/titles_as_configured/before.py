"""What Flask's configuration says is asked in the loop, and touches no session."""

from flask import current_app

from shop_flask.models import Post


def titles():
    found = []
    for post in Post.query.order_by(Post.id):
        unknown = current_app.config.get("UNKNOWN_AUTHOR", "?")
        found.append(f"{post.title} by {post.author.login if post.author else unknown}")
    return found
