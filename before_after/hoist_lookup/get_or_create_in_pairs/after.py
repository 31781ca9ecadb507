"""Functions give back the row with some values, or a new one, and say which of both it is."""

from collections.abc import Iterable, Iterator
from typing import Any, Generic, Optional, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Base, Customer, Tag

M = TypeVar("M", bound=Base)


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


def get_or_create(
    session: Session, model: type[M], defaults: Optional[dict[str, Any]] = None, **values: Any
) -> tuple[M, bool]:
    found = session.scalars(select(model).filter_by(**values)).one_or_none()
    if found is not None:
        return found, False
    found = model(**values, **(defaults or {}))
    session.add(found)
    session.flush()
    return found, True


def tags_by_name(session: Session, names: Iterable[str]) -> dict[str, Tag]:
    """Fetch what tag_named() looks up for all of these names."""
    tags: dict[str, Tag] = {}
    for chunk in _chunks(names):
        for tag in session.scalars(select(Tag).where(Tag.name.in_(chunk))):
            tags[tag.name] = tag
    return tags


def tag_named(
    session: Session, name: str, *, tags: Optional[dict[str, Tag]] = None
) -> tuple[Tag, bool]:
    if tags is None:
        tags = tags_by_name(session, [name])
    tag = tags.get(name)
    created = False
    if tag is None:
        tag = Tag(name=name)
        session.add(tag)
        tags[name] = tag
        session.flush()
        created = True
    return tag, created


class Repository(Generic[M]):
    model: type[M]

    def __init__(self, session: Session) -> None:
        self.session = session

    def find_by(self, **values: Any) -> Optional[M]:
        return self.session.scalars(select(self.model).filter_by(**values)).first()

    def get_or_create(self, **values: Any) -> tuple[bool, M]:
        row = self.find_by(**values)
        if row:
            return (False, row)
        row = self.model(**values)
        self.session.add(row)
        self.session.flush()
        return (True, row)


class Tags(Repository[Tag]):
    model = Tag


def import_customers(session: Session, emails: list[str]) -> dict[str, int]:
    stats = {"new": 0, "known": 0}
    customers: dict[str, Customer] = {}
    for chunk in _chunks(emails):
        for row in session.scalars(select(Customer).where(Customer.email.in_(chunk))):
            customers[row.email] = row
    for email in emails:
        customer, created = (
            (customers[email], False)
            if email in customers
            else get_or_create(session, Customer, {"name": "new"}, email=email)
        )
        stats["new" if created else "known"] += 1
        if customer.name is None:
            customer.name = email
    session.commit()
    return stats


def tag_ids(session: Session, names: list[str]) -> list[int]:
    ids = []
    tags = tags_by_name(session, names)
    for name in names:
        tag, _ = tag_named(session, name, tags=tags)
        ids.append(tag.id)
    session.commit()
    return ids


def new_tags(session: Session, names: list[str]) -> list[str]:
    tags, new = Tags(session), []
    tags_by_name: dict[str, Tag] = {}
    for chunk in _chunks(names):
        for row in tags.session.scalars(select(Tag).where(Tag.name.in_(chunk))):
            tags_by_name[row.name] = row
    for name in names:
        created, tag = (
            (False, tags_by_name[name]) if name in tags_by_name else tags.get_or_create(name=name)
        )
        if created:
            new.append(tag.name)
    session.commit()
    return new
