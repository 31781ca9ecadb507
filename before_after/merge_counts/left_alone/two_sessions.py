"""Each count is sent by a session of its own."""

from shop.db import SessionLocal
from shop.models import Tag


def compare(session, replica):
    here = session.query(Tag).filter(Tag.uses > 3).count()
    there = replica.query(Tag).filter(Tag.uses > 2).count()
    return here, there


def reassigned(session):
    here = session.query(Tag).filter(Tag.uses > 3).count()
    session = SessionLocal()
    there = session.query(Tag).filter(Tag.uses > 2).count()
    return here, there


def made_each_time():
    here = SessionLocal().query(Tag).filter(Tag.uses > 3).count()
    there = SessionLocal().query(Tag).filter(Tag.uses > 2).count()
    return here, there
