"""Rows that are changed where nothing flushes, or written by a statement."""

from sqlalchemy import update

from shop.models import Tag


def raised(session, tag_id):
    tag = session.get(Tag, tag_id)
    with session.no_autoflush:
        tag.uses = 100
        return sum(t.uses for t in session.query(Tag))  # found: aggregate-in-database (as-stored)


def written(session, loaded):
    tags = session.query(Tag).filter(Tag.id.in_(loaded)).all()
    session.execute(update(Tag).values(uses=0).execution_options(synchronize_session=False))
    return tags, sum(t.uses for t in session.query(Tag))  # review: aggregate-in-database (as-stored)


def without_autoflush(session):
    with session.no_autoflush:
        return sum(t.uses for t in session.query(Tag))  # review: aggregate-in-database (as-stored)


def turned_off(session, tag_id):
    session.autoflush = False
    tag = session.get(Tag, tag_id)
    tag.uses = 100
    return sum(t.uses for t in session.query(Tag))  # found: aggregate-in-database (as-stored)


def written_elsewhere(session, write):
    tags = session.query(Tag).all()
    write(session)
    return tags, sum(t.uses for t in session.query(Tag))  # review: aggregate-in-database (as-stored)
