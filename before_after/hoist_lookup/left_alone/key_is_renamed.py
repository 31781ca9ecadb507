"""The loop changes the column by which it looks up; later lookups see that."""

from shop.models import Tag


def rename(session, names: "list[tuple[str, str]]"):
    for old, new in names:
        tag = (
            session.query(Tag)  # found: hoist-lookup (table-not-written)
            .filter(Tag.name == old)
            .one_or_none()
        )
        if tag:
            tag.name = new
