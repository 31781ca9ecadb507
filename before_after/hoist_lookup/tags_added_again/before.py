"""What a lookup has found is added to the session once more, which has it already."""

from typing import List

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Tag


def count_uses(session: Session, names: List[str]) -> List[str]:
    unknown = []
    for name in names:
        tag = session.scalars(select(Tag).where(Tag.name == name)).one_or_none()
        if tag is None:
            unknown.append(name)
            continue
        tag.uses += 1
        session.add(tag)
    session.commit()
    return unknown
