"""One UPDATE does it, but for what a person has to look at."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shop.models import AuditLog, Tag


def at_once(session):
    for tag in session.query(Tag).filter(Tag.uses > 3):
        tag.uses = 3  # review: bulk-update (sent-at-once)


def used(session):
    for tag in session.query(Tag).filter(Tag.uses > 3):
        tag.uses = 3  # found: bulk-update (rows-not-used)
    return tag.name


def without_autoflush(engine):
    session = Session(engine, autoflush=False)
    for tag in session.query(Tag).filter(Tag.uses > 3):
        tag.uses = 3  # review: bulk-update (flushed-before)


def under_no_autoflush(session):
    with session.no_autoflush:
        for tag in session.query(Tag).filter(Tag.uses > 3):
            tag.uses = 3  # review: bulk-update (flushed-before)


def handled(session):
    try:
        for tag in session.query(Tag).filter(Tag.uses > 3):
            tag.name = "same"  # review: bulk-update (errors-not-handled)
        session.flush()
    except IntegrityError:
        session.rollback()


def in_branches(session, name):
    query = session.query(Tag)
    if name:
        query = query.filter(Tag.name == name)
    for tag in query:
        tag.uses = 3  # review: bulk-update (plain-query)


def now(session):
    for entry in session.query(AuditLog):
        entry.timestamp = datetime.now()  # review: bulk-update (same-value)
