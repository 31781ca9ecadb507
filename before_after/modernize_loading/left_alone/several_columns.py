"""SQL Server compares no several columns at once."""
# pyproject: database = ["mssql"]

from sqlalchemy import Column, ForeignKeyConstraint, Integer
from sqlalchemy.orm import declarative_base, relationship, subqueryload

Base = declarative_base()


class Place(Base):
    __tablename__ = "places"

    row = Column(Integer, primary_key=True)
    seat = Column(Integer, primary_key=True)
    tickets = relationship("Ticket", order_by="Ticket.id")


class Ticket(Base):
    __tablename__ = "tickets"
    __table_args__ = (ForeignKeyConstraint(["row", "seat"], ["places.row", "places.seat"]),)

    id = Column(Integer, primary_key=True)
    row = Column(Integer)
    seat = Column(Integer)


def places(session):
    return session.query(Place).options(subqueryload(Place.tickets)).all()  # review: modernize-loading (row-values)
