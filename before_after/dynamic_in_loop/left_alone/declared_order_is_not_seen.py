"""The relationship sorts its rows by an expression, which nobody can repeat from here."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Box(Base):
    __tablename__ = "boxes"

    id = Column(Integer, primary_key=True)

    things = relationship("Thing", lazy="dynamic", order_by="func.lower(Thing.name)")


class Thing(Base):
    __tablename__ = "things"

    id = Column(Integer, primary_key=True)
    box_id = Column(ForeignKey("boxes.id"))
    name = Column(String(20))


def names(session):
    result = []
    for box in session.query(Box).all():
        result.append([thing.name for thing in box.things])  # found: dynamic-in-loop (writable)
    return result
