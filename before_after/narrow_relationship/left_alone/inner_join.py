"""An inner join leaves out the boards without cards, which would come back."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Board(Base):
    __tablename__ = "boards"

    id = Column(Integer, primary_key=True)
    name = Column(String(50))

    cards = relationship(  # found: narrow-relationship (same-rows)
        "Card", lazy="joined", innerjoin=True
    )


class Card(Base):
    __tablename__ = "cards"

    id = Column(Integer, primary_key=True)
    board_id = Column(ForeignKey("boards.id"))


def names(session):
    return [board.name for board in session.query(Board)]
