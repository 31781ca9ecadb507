"""Collections that every query reads, or of whose rows nobody knows what is done with them."""

from shown import show
from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, noload, relationship

Base = declarative_base()


class Board(Base):
    __tablename__ = "boards"

    id = Column(Integer, primary_key=True)
    name = Column(String(50))

    cards = relationship("Card", lazy="selectin")
    members = relationship("Member", lazy="selectin")
    owner_id = Column(ForeignKey("owners.id"))
    owner = relationship("Owner", lazy="joined")


class Card(Base):
    __tablename__ = "cards"

    id = Column(Integer, primary_key=True)
    board_id = Column(ForeignKey("boards.id"))
    title = Column(String(50))


class Member(Base):
    __tablename__ = "members"

    id = Column(Integer, primary_key=True)
    board_id = Column(ForeignKey("boards.id"))


class Owner(Base):
    __tablename__ = "owners"

    id = Column(Integer, primary_key=True)


def titles(session):
    boards = session.query(Board).all()
    return [(len(board.members), [card.title for card in board.cards]) for board in boards]


def shown(session):
    return [show(board) for board in session.query(Board)]


def returned(session):
    return session.query(Board).all()


def said(session):
    boards = session.query(Board).options(noload(Board.cards), noload(Board.members))
    return [board.name for board in boards]


def counted(session):
    return session.query(Board).count(), session.query(Board.name).all()


def one(session, name):
    board = session.query(Board).filter_by(name=name).first()
    return board is not None
