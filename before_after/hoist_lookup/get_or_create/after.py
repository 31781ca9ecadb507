"""Functions for any class give back the row with some values, and make one where there is none."""

from collections.abc import Iterable, Iterator
from typing import Any

from shop.models import Supplier, Tag


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


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
    suppliers_by_name: dict[str, Supplier] = {}
    for chunk in _chunks(names):
        for supplier in session.query(Supplier).filter(Supplier.name.in_(chunk)):
            suppliers_by_name[supplier.name] = supplier
    return [
        (suppliers_by_name.get(name) or get_or_create(session, Supplier, name=name)).city
        for name in names
    ]


def tags(session, names: list[str]):
    found = []
    tags_by_name: dict[str, Tag] = {}
    for chunk in _chunks(names):
        for row in session.query(Tag).filter(Tag.name.in_(chunk)):
            tags_by_name[row.name] = row
    for name in names:
        tag = tags_by_name.get(name) or found_or_made(session, Tag, name=name)
        if not tag.uses:
            tag.uses = 1
        found.append((tag.name, tag.uses))
    return found
