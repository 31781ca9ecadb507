"""Each item may fail by itself, and the others stay saved."""

import logging
from contextlib import suppress

from sqlalchemy.exc import IntegrityError

from shop.models import Tag

logger = logging.getLogger(__name__)


def rolled_back(session, names):
    for name in names:
        try:
            session.add(Tag(name=name))
            session.commit()
        except IntegrityError:
            session.rollback()


def rolled_back_before(session, names, check):
    for name in names:
        if not check(name):
            session.rollback()
            continue
        session.add(Tag(name=name))
        session.commit()


def in_a_savepoint(session, names):
    for name in names:
        with session.begin_nested():
            session.add(Tag(name=name))
        session.commit()


def suppressed(session, names):
    for name in names:
        with suppress(IntegrityError):
            session.add(Tag(name=name))
            session.commit()


def goes_on(session, names, parse):
    for name in names:
        try:
            parsed = parse(name)
        except Exception:
            logger.exception("cannot read %s", name)
            continue
        session.add(Tag(name=parsed))
        session.commit()


def create(session, name):
    try:
        session.add(Tag(name=name))
        session.commit()
    except IntegrityError:
        session.rollback()


def in_the_helper(session, names):
    for name in names:
        create(session, name)


def in_a_handler(session, names, parse):
    for name in names:
        try:
            parse(name)
        except ValueError:
            session.add(Tag(name=name))
            session.commit()


def in_the_end(session, names, parse):
    for name in names:
        try:
            parse(name)
        finally:
            session.add(Tag(name=name))
            session.commit()


def saved_where_it_worked(session, names, transfer, skip):
    for name in names:
        try:
            transfer(name)
        except FileExistsError:
            if not skip:
                raise
        else:
            session.add(Tag(name=name))
            session.commit()
