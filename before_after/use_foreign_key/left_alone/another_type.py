"""The key is text on one side and a number on the other."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Ship(Base):
    __tablename__ = "ships"

    id = Column(Integer, primary_key=True)


class Voyage(Base):
    __tablename__ = "voyages"

    id = Column(Integer, primary_key=True)
    late = Column(Integer)
    ship_id = Column(String, ForeignKey("ships.id"), nullable=False)
    ship = relationship("Ship")


def ships(session):
    found = []
    for voyage in session.query(Voyage):
        if voyage.late:
            found.append(voyage.ship.id)  # review: use-foreign-key (same-values)
    return found
