"""A Flask view's rows: each post's author, by the model's own query."""

from sqlalchemy.orm import selectinload

from shop_flask.models import Post


def listing():
    rows = []
    for number, post in enumerate(
        Post.query.options(selectinload(Post.author))
        .filter_by(published=True)
        .order_by(Post.id)
        .all(),
        1,
    ):
        author = post.author
        rows.append((number, post.title, author.login if author is not None else None))
    return rows
