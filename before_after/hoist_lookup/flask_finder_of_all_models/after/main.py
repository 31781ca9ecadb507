"""Functions for any model send their queries with the one session of Flask-SQLAlchemy."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select

from finders import find, find_by

from shop_flask.models import Author, Label, Post, db


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def authors_of(posts: list[Post]) -> list[str | None]:
    names = []
    authors: dict[int | None, Author] = {}
    for ids in _chunks(post.author_id for post in posts if post.author_id is not None):
        for row in db.session.scalars(select(Author).where(Author.id.in_(ids))):
            authors[row.id] = row
    for post in posts:
        author = authors.get(post.author_id)
        names.append(author.login if author is not None else None)
    return names


def numbers_of(names: list[str]) -> dict[str, int | None]:
    found = {}
    labels: dict[str, Label] = {}
    for chunk in _chunks(names):
        for row in db.session.execute(select(Label).where(Label.name.in_(chunk))).scalars():
            labels[row.name] = row
    for name in names:
        label = labels.get(name)
        found[name] = label.id if label is not None else None
    return found
