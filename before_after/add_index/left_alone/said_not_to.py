"""A column of which somebody said that it has no index."""

from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Event(Base):
    __tablename__ = "events"

    id = Column(Integer, primary_key=True)
    kind = Column(String(20), index=False)


def of_kind(session, kind):
    return session.query(Event).filter(Event.kind == kind).all()
