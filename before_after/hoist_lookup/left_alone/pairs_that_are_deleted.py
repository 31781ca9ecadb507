"""What was found in a pair is deleted, and a later item makes it anew."""

from shop.db import SessionLocal
from shop.models import Tag


def get_or_create(session, model, **values):
    row = session.query(model).filter_by(**values).first()
    if row is not None:
        return row, False
    row = model(**values)
    session.add(row)
    session.flush()
    return row, True


def toggled(names: list[str]):
    found = []
    with SessionLocal() as session:
        for name in names:
            tag, created = get_or_create(session, Tag, name=name)  # found: hoist-lookup (table-not-written)
            if not created:
                session.delete(tag)
            found.append(created)
        session.commit()
    return found
