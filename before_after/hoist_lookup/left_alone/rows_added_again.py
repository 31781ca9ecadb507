"""A row that is deleted is in the session again if it is added; a row of another session is new here."""

from sqlalchemy.orm import Session

from shop.db import SessionLocal
from shop.models import Role, Tag


def kept_after_all(names: list[str]) -> int:
    session = SessionLocal()
    found = 0
    for name in names:
        role = session.query(Role).filter(Role.name == name).first()  # found: hoist-lookup (table-not-written)
        if role is None:
            continue
        found += 1
        session.delete(role)
        session.add(role)
    session.commit()
    return found


def copied(session: Session, other: Session, names: list[str]) -> int:
    found = 0
    for name in names:
        if session.query(Tag).filter(Tag.name == name).first() is None:  # found: hoist-lookup (table-not-written)
            tag = other.query(Tag).filter(Tag.uses > 0).order_by(Tag.id).first()
            session.add(tag)
            found += 1
    session.commit()
    return found
