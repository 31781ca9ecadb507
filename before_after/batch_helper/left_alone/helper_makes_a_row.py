"""A helper makes the row that it does not find, in ways that a later call may see differently."""

from shop.db import SessionLocal
from shop.models import Tag


def stripped(session, name: str):
    found = session.query(Tag).filter(Tag.name == name).one_or_none()
    if found is None:
        found = Tag(name=name.strip())
        session.add(found)
    return found


def stripped_all(names: list[str]):
    with SessionLocal() as session:
        return [stripped(session, name).name for name in names]  # found: batch-helper (table-not-written)


def key_of(session, name: str):
    found = session.query(Tag).filter(Tag.name == name).one_or_none()
    if found is None:
        found = Tag(name=name)
        session.add(found)
    return found.id


def keys(names: list[str]):
    with SessionLocal() as session:
        return [key_of(session, name) for name in names]  # found: batch-helper (table-not-written)


def used(session, name: str):
    found = session.query(Tag).filter(Tag.name == name).one_or_none()
    if found is None:
        session.add(Tag(name=name))
    else:
        found.uses += 1


def use_all(names: list[str]):
    with SessionLocal() as session:
        for name in names:
            used(session, name)  # found: batch-helper (table-not-written)
        session.commit()


def counted(session, name: str):
    found = session.query(Tag).filter(Tag.name == name).one_or_none()
    if found is None:
        found = Tag(name=name)
        session.add(found)
    found.uses += 1


def count_all(names: list[str]):
    with SessionLocal() as session:
        for name in names:
            counted(session, name)  # found: batch-helper (table-not-written)
        session.commit()


def always(session, name: str):
    found = session.query(Tag).filter(Tag.name == name).first()
    if found is None or found.uses > 100:
        session.add(Tag(name=name, uses=1))
    return found


def add_all(names: list[str]):
    with SessionLocal() as session:
        return [always(session, name) is None for name in names]  # found: batch-helper (table-not-written)


def maybe_asked(session, name: str, known: bool):
    found = None
    if known:
        found = session.query(Tag).filter(Tag.name == name).one_or_none()
    if not name.isupper():
        if found is None:
            session.add(Tag(name=name, uses=1))
    return found


def maybe_all(names: list[str], known: bool):
    with SessionLocal() as session:
        return [maybe_asked(session, name, known) is None for name in names]  # found: batch-helper (table-not-written)


def made(name: str):
    return Tag(name=name, uses=0)


def made_elsewhere(session, name: str):
    found = session.query(Tag).filter(Tag.name == name).one_or_none()
    if found is None:
        found = made(name)
        session.add(found)
    return found


def make_all(names: list[str]):
    with SessionLocal() as session:
        return [made_elsewhere(session, name).name for name in names]  # found: batch-helper (table-not-written)


def given(session, name: str):
    found = session.query(Tag).filter(Tag.name == name).one_or_none()
    if found is None:
        found = Tag(name=name, uses=0)
        session.add(found)
    return found


def give_all(names: list[str]):
    with SessionLocal() as session:
        tags = [given(session, name) for name in names]  # found: batch-helper (flushes-alike)
        return [tag.id for tag in tags[:-1]]


def give_any(session, names: list[str]):
    return [given(session, name).name for name in names]  # review: batch-helper (flushes-alike)


def give_twice(names: list[str]):
    with SessionLocal() as session:
        for name in names:
            given(session, name)  # found: batch-helper (table-not-written)
            given(session, f"{name}s")  # found: batch-helper (table-not-written)
        session.commit()
