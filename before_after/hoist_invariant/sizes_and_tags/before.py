"""Every size is combined with every tag of a typed shop, which are read again for each size."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Tag


def labels(session: Session, sizes: list[str]) -> list[str]:
    found: list[str] = []
    for size in sizes:
        # in the order in which they were made
        for tag in session.scalars(select(Tag).order_by(Tag.id)):
            found.append(f"{size} {tag.name}")
    return found


def upper(names: Iterable[str]) -> list[str]:
    return [name.upper() for name in names]
