"""Functions for any model send their queries with the one session of Flask-SQLAlchemy."""

from finders import find, find_by

from shop_flask.models import Author, Label, Post


def authors_of(posts: list[Post]) -> list[str | None]:
    names = []
    for post in posts:
        author = find(Author, post.author_id)
        names.append(author.login if author is not None else None)
    return names


def numbers_of(names: list[str]) -> dict[str, int | None]:
    found = {}
    for name in names:
        label = find_by(Label, name=name)
        found[name] = label.id if label is not None else None
    return found
