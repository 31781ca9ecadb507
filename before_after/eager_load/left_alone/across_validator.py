"""Assigning a column runs a validator of the model, which may change another."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship, validates

Base = declarative_base()


class Shelf(Base):
    __tablename__ = "shelves"

    id = Column(Integer, primary_key=True)
    place = Column(String(20), nullable=False)


class Box(Base):
    __tablename__ = "boxes"

    id = Column(Integer, primary_key=True)
    label = Column(String(20))
    shelf_id = Column(ForeignKey("shelves.id"))
    shelf = relationship(Shelf)

    @validates("label")
    def without_shelf(self, key, label):
        self.shelf_id = None
        return label


def relabel(boxes):
    for box in boxes:
        box.label = "new"


def places(session):
    boxes = session.query(Box).order_by(Box.id).all()
    relabel(boxes)
    return [box.shelf.place if box.shelf else None for box in boxes]  # review: eager-load (nothing-written)
