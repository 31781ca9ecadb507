"""A row that goes to another session than the one that is asked is not found by the next lookup."""

from sqlalchemy.orm import Session

from shop.models import Tag


def copied(session: Session, archive: Session, names: list[str]) -> None:
    for name in names:
        tag = session.query(Tag).filter(Tag.name == name).one_or_none()  # review: hoist-lookup (table-not-written)
        if tag is None:
            tag = Tag(name=name, uses=1)
            archive.add(tag)
            archive.flush()
    session.commit()
