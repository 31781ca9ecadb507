"""A name that comes twice would be added twice: the second time, the helper finds the first row."""

from shop.db import SessionLocal
from shop.models import Tag


def find(session, name: str):
    found = session.query(Tag).filter(Tag.name == name).first()
    return found


def add_all(names: list[str]):
    with SessionLocal() as session:
        for name in names:
            found = find(session, name)  # found: batch-helper (table-not-written)
            if found is None:
                session.add(Tag(name=name))
        session.commit()
