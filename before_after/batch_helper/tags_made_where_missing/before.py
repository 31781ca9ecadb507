"""A tag is made where there is none of the name, and has its key at once."""

from sqlalchemy.orm import Session

from shop.models import Tag


def get_or_create_tag(session: Session, name: str) -> Tag:
    """The tag of this name, which is added if it is not there yet."""
    tag = session.query(Tag).filter_by(name=name).one_or_none()
    if not tag:
        tag = Tag(name=name)
        session.add(tag)
        session.flush()
    return tag


def tag_keys(session: Session, names: list[str]) -> dict[str, int]:
    keys = {}
    for name in names:
        keys[name] = get_or_create_tag(session, name).id
    return keys
