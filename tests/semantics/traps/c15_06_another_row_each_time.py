"""The query picks by chance, so that it is not the same query twice."""

from sqlalchemy import Column, Integer, func
from sqlalchemy.orm import Session, declarative_base

TRAP = {
    "codemod": 15,
    "title": "order_by(func.random()) twice: two draws",
    "verdict": "refuse",
    "differs": "result",
}

Base = declarative_base()


class Card(Base):
    __tablename__ = "card"
    id = Column(Integer, primary_key=True)


def seed(session):
    session.add_all(Card(id=i) for i in range(1, 51))


inputs = [()]


def before(session: Session):
    first = session.query(Card).order_by(func.random()).all()
    second = session.query(Card).order_by(func.random()).all()
    return [card.id for card in first] == [card.id for card in second]


def naive(session: Session):
    first = session.query(Card).order_by(func.random()).all()
    second = list(first)
    return [card.id for card in first] == [card.id for card in second]


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
