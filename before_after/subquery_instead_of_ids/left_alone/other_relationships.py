"""No relationship, or more than one, stands for the column that the subquery lists."""

from sqlalchemy import Column, ForeignKey, Integer, select
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Airport(Base):
    __tablename__ = "airports"

    id = Column(Integer, primary_key=True)
    departures = relationship("Flight", foreign_keys="Flight.origin_id")


class Flight(Base):
    __tablename__ = "flights"

    id = Column(Integer, primary_key=True)
    origin_id = Column(ForeignKey("airports.id"), nullable=False)
    target_id = Column(ForeignKey("airports.id"), nullable=False)


class Crew(Base):
    __tablename__ = "crews"

    id = Column(Integer, primary_key=True)
    members = relationship("Member")
    listed = relationship("Member", order_by="Member.id", viewonly=True)


class Member(Base):
    __tablename__ = "members"

    id = Column(Integer, primary_key=True)
    crew_id = Column(ForeignKey("crews.id"), nullable=False)


def flown_to(session):
    return session.query(Airport).filter(Airport.id.in_(select(Flight.target_id))).all()


def manned(session):
    return session.query(Crew).filter(Crew.id.in_(select(Member.crew_id))).all()
