"""The new tags are returned, and all but the last had a key from the flush of the next lookup."""

from shop.db import SessionLocal
from shop.models import Tag


def tags_named(names: list[str]):
    session = SessionLocal()
    tags = []
    for name in names:
        tag = session.query(Tag).filter(Tag.name == name).one_or_none()  # review: hoist-lookup (flushes-alike)
        if tag is None:
            tag = Tag(name=name)
            session.add(tag)
        tags.append(tag)
    return tags
