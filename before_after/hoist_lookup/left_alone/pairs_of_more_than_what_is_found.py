"""Functions for any class do more with what they find than to give it back in a pair."""

from shop.db import SessionLocal
from shop.models import Tag


def counting(session, model, **values):
    row = session.query(model).filter_by(**values).first()
    if row is not None:
        row.uses += 1
        return row, False
    row = model(**values)
    session.add(row)
    session.flush()
    return row, True


def with_uses(session, model, **values):
    row = session.query(model).filter_by(**values).first()
    if row is not None:
        return row, row.uses
    row = model(**values)
    session.add(row)
    session.flush()
    return row, 0


def tags(names: list[str]):
    found = []
    with SessionLocal() as session:
        for name in names:
            tag, created = counting(session, Tag, name=name)
            found.append(tag.name)
            tag, uses = with_uses(session, Tag, name=name)
            found.append(uses)
        session.commit()
    return found
