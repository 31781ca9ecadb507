"""The variable with what was found is given something else before a row is added where it is None."""

from shop.models import Tag


def tagged(session, names: dict[str, int], other):
    for name in names:
        tag = session.query(Tag).filter(Tag.name == name).one_or_none()  # found: hoist-lookup (table-not-written)
        if names[name] > 2:
            tag = other
        if tag is None:
            tag = Tag(name=name, uses=1)
            session.add(tag)
    session.commit()
