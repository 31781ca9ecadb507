"""A tag is made although the query may have found one."""

from sqlalchemy.orm import Session

from shop.models import Tag


def tag_in_use(session: Session, name: str) -> tuple[Tag, bool]:
    tag = session.query(Tag).filter_by(name=name).one_or_none()
    if tag is not None and tag.uses:
        return tag, False
    tag = Tag(name=name)
    session.add(tag)
    session.flush()
    return tag, True


def another_tag(session: Session, name: str) -> tuple[Tag, bool]:
    tag = session.query(Tag).filter_by(name=name).one_or_none()
    known = session.query(Tag).filter_by(name="known").one_or_none()
    if known is not None:
        return known, False
    tag = Tag(name=name)
    session.add(tag)
    session.flush()
    return tag, True


def tags(session: Session, names: list[str]) -> list[bool]:
    made = []
    for name in names:
        tag, created = tag_in_use(session, name)  # found: batch-helper (table-not-written)
        made.append(created)
    return made


def other_tags(session: Session, names: list[str]) -> list[bool]:
    made = []
    for name in names:
        tag, created = another_tag(session, name)  # found: batch-helper (table-not-written)
        made.append(created)
    return made


def tag_not_kept(session: Session, name: str, kept: dict[str, Tag]) -> Tag:
    tag = kept.get(name)
    if tag is not None:
        return tag
    tag = session.query(Tag).filter_by(name=name).one_or_none()
    uses = tag.uses if tag is not None else 0
    made = Tag(name=name, uses=uses)
    session.add(made)
    session.flush()
    return made


def tags_not_kept(session: Session, names: list[str]) -> list[str]:
    made = []
    for name in names:
        tag = tag_not_kept(session, name, {})  # found: batch-helper (table-not-written)
        made.append(tag.name)
    return made
