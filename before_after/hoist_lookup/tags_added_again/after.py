"""What a lookup has found is added to the session once more, which has it already."""

from collections.abc import Iterable, Iterator
from typing import Any, List

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Tag


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def count_uses(session: Session, names: List[str]) -> List[str]:
    unknown = []
    tags: dict[str, Tag] = {}
    for chunk in _chunks(names):
        for row in session.scalars(select(Tag).where(Tag.name.in_(chunk))):
            tags[row.name] = row
    for name in names:
        tag = tags.get(name)
        if tag is None:
            unknown.append(name)
            continue
        tag.uses += 1
        session.add(tag)
    session.commit()
    return unknown
