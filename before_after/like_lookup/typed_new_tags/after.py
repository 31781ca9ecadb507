"""Words become tags, but for those that a tag has in its name already."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop_typed.models import Tag


def tag(session: Session, words: list[str]) -> int:
    created = 0
    names = list(session.scalars(select(Tag.name)))
    for word in words:
        if not word.isalnum():
            continue
        if any(word in name for name in names):
            continue
        session.add(Tag(name=word))
        names.append(word)
        created += 1
    session.commit()
    return created
