"""The tags of a feed are inserted by a method that 2.0 calls legacy."""

from shop.models import Tag


def import_tags(session, feed):
    known = {tag.name for tag in session.query(Tag)}
    rows = []
    for name in feed:
        if name not in known:
            known.add(name)
            rows.append({"name": name})
    session.bulk_insert_mappings(Tag, rows)
    session.commit()
    return len(rows)
