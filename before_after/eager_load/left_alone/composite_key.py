"""SQL Server cannot look up composite keys with IN, and may be what runs this."""
# pyproject: database = ["postgresql", "mssql"]

from sqlalchemy import Column, ForeignKeyConstraint, Integer
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Flight(Base):
    __tablename__ = "flights"
    number = Column(Integer, primary_key=True)
    day = Column(Integer, primary_key=True)


class Seat(Base):
    __tablename__ = "seats"
    id = Column(Integer, primary_key=True)
    number = Column(Integer)
    day = Column(Integer)
    flight = relationship(Flight)
    __table_args__ = (ForeignKeyConstraint(["number", "day"], ["flights.number", "flights.day"]),)


def flights(session):
    seats = session.query(Seat).order_by(Seat.id).all()
    return [seat.flight for seat in seats]  # review: eager-load (keys-in-one-column)
