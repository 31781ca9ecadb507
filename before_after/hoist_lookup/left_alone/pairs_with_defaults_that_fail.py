"""What a new row is made with is not evaluated any more for rows that are found, and may raise."""

from shop.db import SessionLocal
from shop.models import Tag


def get_or_create(session, model, defaults=None, **values):
    row = session.query(model).filter_by(**values).first()
    if row is not None:
        return row, False
    row = model(**values, **(defaults or {}))
    session.add(row)
    session.flush()
    return row, True


def tags(names: list[str], uses: dict[str, int]):
    made = 0
    with SessionLocal() as session:
        for name in names:
            tag, created = get_or_create(  # review: hoist-lookup (errors-alike)
                session, Tag, {"uses": uses[name]}, name=name
            )
            made += created
        session.commit()
    return made
