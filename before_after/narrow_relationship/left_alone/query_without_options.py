"""A query that selects what has no name, so that no option can name it."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import aliased, declarative_base, relationship

Base = declarative_base()


class Board(Base):
    __tablename__ = "boards"

    id = Column(Integer, primary_key=True)
    name = Column(String(50))

    cards = relationship("Card", lazy="selectin")  # found: narrow-relationship (query-takes-options)


class Card(Base):
    __tablename__ = "cards"

    id = Column(Integer, primary_key=True)
    board_id = Column(ForeignKey("boards.id"))
    title = Column(String(50))


def unnamed_alias(session):
    query = session.query(aliased(Board))
    return [[card.title for card in board.cards] for board in query]


def names(session):
    return [board.name for board in session.query(Board)]
