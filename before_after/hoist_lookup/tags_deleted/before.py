"""Each tag that is found is deleted; a second lookup of its name finds none."""

from typing import List

from sqlalchemy.orm import Session

from shop.models import Tag


def remove(session: Session, names: List[str]) -> int:
    removed = 0
    for name in names:
        tag = session.query(Tag).filter(Tag.name == name).one_or_none()
        if tag:
            session.delete(tag)
            removed += 1
    return removed
