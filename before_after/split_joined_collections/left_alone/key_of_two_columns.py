# pyproject: database = ["mssql"]
"""SQL Server has no IN for keys of two columns."""

from sqlalchemy import Column, ForeignKeyConstraint, Integer
from sqlalchemy.orm import declarative_base, joinedload, relationship

Base = declarative_base()


class Room(Base):
    __tablename__ = "rooms"

    house = Column(Integer, primary_key=True)
    number = Column(Integer, primary_key=True)

    chairs = relationship("Chair", order_by="Chair.id")
    tables = relationship("Desk", order_by="Desk.id")


class Chair(Base):
    __tablename__ = "chairs"
    __table_args__ = (ForeignKeyConstraint(["house", "number"], ["rooms.house", "rooms.number"]),)

    id = Column(Integer, primary_key=True)
    house = Column(Integer)
    number = Column(Integer)


class Desk(Base):
    __tablename__ = "desks"
    __table_args__ = (ForeignKeyConstraint(["house", "number"], ["rooms.house", "rooms.number"]),)

    id = Column(Integer, primary_key=True)
    house = Column(Integer)
    number = Column(Integer)


def rooms(session):
    query = session.query(Room).options(
        joinedload(Room.chairs),  # review: split-joined-collections (row-values)
        joinedload(Room.tables),
    )
    return query.all()
