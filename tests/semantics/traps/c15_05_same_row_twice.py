"""A row that a variable holds is queried by its own key; there may be none."""

from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import Session, declarative_base

TRAP = {
    "codemod": 15,
    "title": "the same row twice: a missing one has no key",
    "verdict": "care",
    "differs": "exception",
}

Base = declarative_base()


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    number = Column(String(20), nullable=False, unique=True)


def seed(session):
    session.add_all(Order(id=i, number="n%d" % i) for i in range(1, 4))


inputs = [("n2",), ("none",)]


def before(session: Session, number: str):
    order = session.query(Order).filter(Order.number == number).first()
    again = session.query(Order).filter(Order.number == number).first()
    return (order.id if order else None, again.number if again else None)


def naive(session: Session, number: str):
    order = session.query(Order).filter(Order.number == number).first()
    order_id = order.id
    return (order_id, order.number)


def correct(session: Session, number: str):
    order = session.query(Order).filter(Order.number == number).first()
    again = order
    return (order.id if order else None, again.number if again else None)


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
