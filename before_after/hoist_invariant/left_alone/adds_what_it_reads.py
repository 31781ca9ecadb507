"""Each new tag is used once more than the one before: the answer changes."""

from sqlalchemy import func

from shop.models import Tag


def add_tags(session, names):
    for name in names:
        last = session.query(func.max(Tag.uses)).scalar() or 0
        session.add(Tag(name=name, uses=last + 1))
