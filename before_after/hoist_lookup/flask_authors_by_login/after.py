"""Authors are looked up by login through the query attribute of the model."""

from collections.abc import Iterable, Iterator
from typing import Any

from shop_flask.models import Author


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def known_logins(logins: list[str]) -> list:
    found = []
    authors: dict[str, Author] = {}
    for chunk in _chunks(logins):
        for row in Author.query.filter(Author.login.in_(chunk)):
            authors[row.login] = row
    for login in logins:
        author = authors.get(login)
        if author is not None:
            found.append((login, author.id))
    return found
