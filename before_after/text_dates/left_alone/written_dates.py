"""Dates that a query has as text, in a module that has to do with dates in no other way."""

from sqlalchemy import Column, Integer, String, select
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Visit(Base):
    __tablename__ = "visits"

    id = Column(Integer, primary_key=True)
    made = Column(String(20))  # found: text-dates
    ended = Column(String(20))  # found: text-dates
    release = Column(String(20))


def before_spring(session):
    return session.query(Visit).filter(Visit.made < "2024-03-21").all()


def since_the_night(session):
    return session.scalars(select(Visit).where(Visit.ended >= "2024-03-21T04:30:00+01:00")).all()


def of_release(session):
    return session.query(Visit).filter(Visit.release == "2024-03").all()
