"""A value that the database works out is there once something flushes it, as the next lookup does."""

from sqlalchemy import func

from shop.models import Tag


def used(session, names: list[str]) -> list[int]:
    found = []
    for name in names:
        tag = session.query(Tag).filter(Tag.name == name).one_or_none()  # review: hoist-lookup (flushes-alike)
        if tag is not None:
            found.append(tag.uses + 1)
            tag.uses = Tag.uses + 1
    session.commit()
    return found


def counted(session, names: list[str]) -> list[int]:
    found = []
    for name in names:
        tag = session.query(Tag).filter(Tag.name == name).one_or_none()  # found: hoist-lookup (flushes-alike)
        if tag is None:
            tag = Tag(name=name, uses=func.length(name))
            session.add(tag)
        else:
            found.append(tag.uses)
    session.commit()
    return found


def count(session, tag: Tag) -> None:
    tag.uses = Tag.uses + 1


def counted_elsewhere(session, names: list[str]) -> list[int]:
    found = []
    for name in names:
        tag = session.query(Tag).filter(Tag.name == name).one_or_none()  # review: hoist-lookup (flushes-alike)
        if tag is not None:
            found.append(tag.uses + 1)
            count(session, tag)
    session.commit()
    return found
