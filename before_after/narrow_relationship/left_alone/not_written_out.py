"""Arguments that are not written out, and relationships that another side makes."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import backref, declarative_base, relationship

Base = declarative_base()
EAGER = {"lazy": "selectin"}
QUIET = {"overlaps": "cards"}


def eager(target):
    return relationship(target, lazy="selectin", overlaps="cards")


class Board(Base):
    __tablename__ = "boards"

    id = Column(Integer, primary_key=True)
    name = Column(String(50))

    cards = relationship("Card", **EAGER)
    hidden = relationship("Card", lazy="selectin", **QUIET)
    made = eager("Card")


class Card(Base):
    __tablename__ = "cards"

    id = Column(Integer, primary_key=True)
    board_id = Column(ForeignKey("boards.id"))


class Note(Base):
    __tablename__ = "notes"

    id = Column(Integer, primary_key=True)
    board_id = Column(ForeignKey("boards.id"))

    board = relationship("Board", backref=backref("notes", lazy="selectin"))


def names(session):
    return [board.name for board in session.query(Board)]
