"""Each tag that is found is deleted; a second lookup of its name finds none."""

from collections.abc import Iterable, Iterator
from typing import Any, List

from sqlalchemy.orm import Session

from shop.models import Tag


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def remove(session: Session, names: List[str]) -> int:
    removed = 0
    tags: dict[str, Tag] = {}
    for chunk in _chunks(names):
        for row in session.query(Tag).filter(Tag.name.in_(chunk)):
            tags[row.name] = row
    for name in names:
        tag = tags.get(name)
        if tag:
            session.delete(tag)
            del tags[name]
            removed += 1
    return removed
