"""A post that is missing answers the request, after what came before it."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask import abort

from shop_flask.models import Comment, Post, db


def _or_404(row: Any, description: Any = None) -> Any:
    """This row, or the answer that there is none."""
    if row is None:
        abort(404, description=description)
    return row


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def comment_all(texts: dict[int, str]) -> list[int]:
    counted = []
    posts: dict[int, Post] = {}
    for ids in _chunks(texts):
        for row in Post.query.filter(Post.id.in_(ids)):
            posts[row.id] = row
    for post_id, text in texts.items():
        post = _or_404(posts.get(post_id), f"no post {post_id}")
        db.session.add(Comment(post_id=post_id, text=text))
        counted.append(len(post.title))
    db.session.commit()
    return counted
