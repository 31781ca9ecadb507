"""What a function adds has its key from the flush of the next item's query."""

from shop.db import SessionLocal
from shop.models import Tag


def get_or_create(session, model, **values):
    row = session.query(model).filter_by(**values).first()
    if row is not None:
        return row, False
    row = model(**values)
    session.add(row)
    return row, True


def tags(names: list[str]):
    made = []
    with SessionLocal() as session:
        for name in names:
            tag, created = get_or_create(session, Tag, name=name)  # found: hoist-lookup (flushes-alike)
            made.append((tag.id, created))
        session.commit()
    return made
