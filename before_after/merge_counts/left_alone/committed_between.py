"""A commit or a rollback between two counts begins another transaction."""

from shop.models import Tag


def committed(session):
    before = session.query(Tag).filter(Tag.uses > 3).count()
    session.commit()
    after = session.query(Tag).filter(Tag.uses > 2).count()
    return before, after


def in_a_savepoint(session):
    before = session.query(Tag).filter(Tag.uses > 3).count()
    with session.begin_nested():
        after = session.query(Tag).filter(Tag.uses > 2).count()
    return before, after


def rolled_back(session):
    before = session.query(Tag).filter(Tag.uses > 3).count()
    session.rollback()
    after = session.query(Tag).filter(Tag.uses > 2).count()
    return before, after
