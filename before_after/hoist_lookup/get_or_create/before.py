"""Functions for any class give back the row with some values, and make one where there is none."""

from shop.models import Supplier, Tag


def get_or_create(session, model, **values):
    found = session.query(model).filter_by(**values).first()
    if found is None:
        found = model(**values)
        session.add(found)
        session.flush()
    return found


def found_or_made(session, model, **values):
    found = session.query(model).filter_by(**values).first()
    if found is not None:
        return found
    found = model(**values)
    session.add(found)
    session.flush()
    return found


def suppliers(session, names: list[str]):
    return [get_or_create(session, Supplier, name=name).city for name in names]


def tags(session, names: list[str]):
    found = []
    for name in names:
        tag = found_or_made(session, Tag, name=name)
        if not tag.uses:
            tag.uses = 1
        found.append((tag.name, tag.uses))
    return found
