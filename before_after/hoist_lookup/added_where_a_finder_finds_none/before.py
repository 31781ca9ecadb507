"""A name that comes twice is added once: the second time, the finder finds the first row."""

from sqlalchemy import select

from shop.models import Tag


def find(session, name: str):
    statement = select(Tag).where(Tag.name == name)
    return session.scalars(statement).one_or_none()


def add_all(session, names: list[str]) -> int:
    added = 0
    for name in names:
        tag = find(session, name)
        if tag is not None:
            tag.uses += 1
            continue
        session.add(Tag(name=name, uses=1))
        added += 1
    session.commit()
    return added
