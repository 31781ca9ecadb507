"""Class methods of the models find a row by its key, and one asks for a class that comes later."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import Session, declarative_base

Base = declarative_base()


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Shelf(Base):
    __tablename__ = "shelves"

    id = Column(Integer, primary_key=True)
    room = Column(String(20), nullable=False)

    @classmethod
    def load_find_data(cls, session: Session, keys: Iterable[int]) -> "dict[int, Shelf]":
        """Fetch what find() looks up for all of these keys."""
        shelves_by_id: dict[int, Shelf] = {}
        for ids in _chunks(keys):
            for shelf in session.query(cls).filter(cls.id.in_(ids)):
                shelves_by_id[shelf.id] = shelf
        return shelves_by_id

    @classmethod
    def find(cls, session: Session, key: int, *, shelves_by_id: "dict[int, Shelf] | None" = None):
        if shelves_by_id is None:
            shelves_by_id = cls.load_find_data(session, [key])
        return shelves_by_id.get(key)

    @staticmethod
    def boxes_by_id(session: Session, keys: Iterable[int]) -> "dict[int, Box]":
        """Fetch what box() looks up for all of these keys."""
        boxes: dict[int, Box] = {}
        for ids in _chunks(keys):
            for box in session.query(Box).filter(Box.id.in_(ids)):
                boxes[box.id] = box
        return boxes

    @staticmethod
    def box(session: Session, key: int, *, boxes: "dict[int, Box] | None" = None):
        if boxes is None:
            boxes = Shelf.boxes_by_id(session, [key])
        return boxes.get(key)


class Box(Base):
    __tablename__ = "boxes"

    id = Column(Integer, primary_key=True)
    shelf_id = Column(ForeignKey("shelves.id"), nullable=False)


class Label(Base):
    __tablename__ = "labels"

    id = Column(Integer, primary_key=True)
    box_id = Column(ForeignKey("boxes.id"), nullable=False)


def rooms(session: Session) -> list[str]:
    found = []
    boxes = session.query(Box).order_by(Box.id).all()
    shelves_by_id = Shelf.load_find_data(session, [box.shelf_id for box in boxes])
    for box in boxes:
        shelf = Shelf.find(session, box.shelf_id, shelves_by_id=shelves_by_id)
        found.append(shelf.room if shelf else "nowhere")
    return found


def shelves(session: Session) -> list[int]:
    found = []
    labels = session.query(Label).order_by(Label.id).all()
    boxes = Shelf.boxes_by_id(session, [label.box_id for label in labels])
    for label in labels:
        box = Shelf.box(session, label.box_id, boxes=boxes)
        found.append(box.shelf_id if box else 0)
    return found
