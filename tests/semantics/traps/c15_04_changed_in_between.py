"""The row no longer meets the condition by which it was found."""

from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import Session, declarative_base

TRAP = {
    "codemod": 15,
    "title": "the same query twice: a change in between is flushed before the second one",
    "verdict": "refuse",
    "differs": "result",
}

Base = declarative_base()


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    number = Column(String(20), nullable=False, unique=True)


def seed(session):
    session.add_all(Order(id=i, number="n%d" % i) for i in range(1, 4))


inputs = [("n2",)]


def before(session: Session, number: str):
    order = session.query(Order).filter(Order.number == number).first()
    order.number = "closed"
    again = session.query(Order).filter(Order.number == number).first()
    return again is None


def naive(session: Session, number: str):
    order = session.query(Order).filter(Order.number == number).first()
    order.number = "closed"
    again = order
    return again is None


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
