"""The names of a file become tags, with an INSERT for each."""

from sqlalchemy import insert

from shop.models import Tag


def import_tags(session, lines):
    imported = 0
    for line in lines:
        name, _, uses = line.partition(";")
        session.execute(insert(Tag), {"name": name.strip(), "uses": int(uses)})
        imported += 1
    return imported
