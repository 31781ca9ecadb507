"""A tag is made where there is none of the name, and has its key at once."""

from collections.abc import Iterable, Iterator
from typing import Any, Optional

from sqlalchemy.orm import Session

from shop.models import Tag


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def tags_by_name(session: Session, names: Iterable[str]) -> dict[str, Tag]:
    """Fetch what get_or_create_tag() looks up for all of these names."""
    tags: dict[str, Tag] = {}
    for chunk in _chunks(names):
        for tag in session.query(Tag).filter(Tag.name.in_(chunk)):
            tags[tag.name] = tag
    return tags


def get_or_create_tag(session: Session, name: str, *, tags: Optional[dict[str, Tag]] = None) -> Tag:
    """The tag of this name, which is added if it is not there yet."""
    if tags is None:
        tags = tags_by_name(session, [name])
    tag = tags.get(name)
    if not tag:
        tag = Tag(name=name)
        session.add(tag)
        tags[name] = tag
        session.flush()
    return tag


def tag_keys(session: Session, names: list[str]) -> dict[str, int]:
    keys = {}
    tags = tags_by_name(session, names)
    for name in names:
        keys[name] = get_or_create_tag(session, name, tags=tags).id
    return keys
