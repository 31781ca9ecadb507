"""Example: Tags are looked up by name and added where there are none; names repeat."""

from collections.abc import Iterable, Iterator
from typing import Any, List

from sqlalchemy.orm import Session

from shop.models import Tag


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def count_uses(session: Session, names: List[str]) -> None:
    tags: dict[str, Tag] = {}
    for chunk in _chunks(names):
        for row in session.query(Tag).filter(Tag.name.in_(chunk)):
            tags[row.name] = row
    for name in names:
        tag = tags.get(name)
        if tag is None:
            tag = Tag(name=name, uses=0)
            session.add(tag)
            tags[name] = tag
        tag.uses += 1
    session.commit()
