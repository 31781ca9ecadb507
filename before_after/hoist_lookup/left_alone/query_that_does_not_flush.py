"""Before SQLAlchemy 2.1 this form does not flush what was added, and the one for all keys would."""

from sqlalchemy import exists, select

from shop.models import Tag


def missing(session, names: "list[str]"):
    session.add(Tag(name="new"))
    result = []
    for name in names:
        known = select(exists().where(Tag.name == name))
        if not session.scalar(known):  # found: hoist-lookup (flushes-alike)
            result.append(name)
    return result
