"""Example: Tags are looked up by name and added where there are none; names repeat."""

from typing import List

from sqlalchemy.orm import Session

from shop.models import Tag


def count_uses(session: Session, names: List[str]) -> None:
    for name in names:
        tag = session.query(Tag).filter(Tag.name == name).first()
        if tag is None:
            tag = Tag(name=name, uses=0)
            session.add(tag)
        tag.uses += 1
    session.commit()
