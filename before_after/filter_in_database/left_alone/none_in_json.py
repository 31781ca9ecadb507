"""None in a column of JSON may be a NULL, or the null of JSON, which the database keeps apart.

What a type of another package has for NULL, nobody knows.
"""

from pgvector.sqlalchemy import Vector
from sqlalchemy import JSON, Column, Integer, Text
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Event(Base):
    __tablename__ = "events"

    id = Column(Integer, primary_key=True)
    payload = Column(JSON)
    detail = Column(Text)
    place = Column(Vector(2))


def with_payload(session):
    events = session.query(Event).order_by(Event.id)
    return [event.id for event in events if event.payload is not None]  # found: filter-in-database (same-value)


def without_payload(session):
    events = session.query(Event).filter(Event.detail.is_(None)).order_by(Event.id)
    return [event.id for event in events if event.payload is None]  # found: filter-in-database (same-value)


def placed(session):
    events = session.query(Event).order_by(Event.id)
    return [event.id for event in events if event.place is not None]  # review: filter-in-database (same-value)
