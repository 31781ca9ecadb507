"""Words become tags, but for those that a tag has in its name already."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Tag


def tag(session: Session, words: list[str]) -> int:
    created = 0
    for word in words:
        if not word.isalnum():
            continue
        known = select(Tag.id).where(Tag.name.contains(word))
        if session.scalars(known).first() is not None:
            continue
        session.add(Tag(name=word))
        created += 1
    session.commit()
    return created
