"""A name that comes twice is added once: the second time, the finder finds the first row."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select

from shop.models import Tag


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def find(session, name: str):
    statement = select(Tag).where(Tag.name == name)
    return session.scalars(statement).one_or_none()


def add_all(session, names: list[str]) -> int:
    added = 0
    tags: dict[str, Tag] = {}
    for chunk in _chunks(names):
        for row in session.scalars(select(Tag).where(Tag.name.in_(chunk))):
            tags[row.name] = row
    for name in names:
        tag = tags.get(name)
        if tag is not None:
            tag.uses += 1
            continue
        new_tag = Tag(name=name, uses=1)
        session.add(new_tag)
        tags[name] = new_tag
        added += 1
    session.commit()
    return added
