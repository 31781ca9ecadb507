"""The tags of a feed are inserted by a method that 2.0 calls legacy."""

from sqlalchemy import insert

from shop.models import Tag


def import_tags(session, feed):
    known = {tag.name for tag in session.query(Tag)}
    rows = []
    for name in feed:
        if name not in known:
            known.add(name)
            rows.append({"name": name})
    if rows:
        session.execute(insert(Tag), rows)
    session.commit()
    return len(rows)
