"""These merges send no SELECT, or one for a few rows."""

from shop.models import PriceListEntry, Tag


def not_loaded(session, rows):
    for row in rows:
        session.merge(Tag(id=row["id"], name=row["name"]), load=False)


def without_a_key(session, names):
    for name in names:
        session.merge(Tag(name=name))


def with_half_a_key(session, ids):
    for product_id in ids:
        session.merge(PriceListEntry(product_id=product_id, price=1))


def of_the_session(session):
    for tag in session.query(Tag):
        tag.uses = 0
        session.merge(tag)


def few(session):
    for number in range(3):
        session.merge(Tag(id=number, name=str(number)))


def once(session, row):
    session.merge(Tag(**row))


def unknown(session, tags):
    for tag in tags:
        session.merge(tag)
