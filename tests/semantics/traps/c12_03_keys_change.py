"""The loop gives rows another key, which a later search goes by."""

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import Session, declarative_base

TRAP = {
    "codemod": 12,
    "title": "line.order_id = ... inside of the loop that searches by it",
    "verdict": "refuse",
    "differs": "result",
}

Base = declarative_base()


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)


class Line(Base):
    __tablename__ = "line"
    id = Column(Integer, primary_key=True)
    order_id = Column(ForeignKey("orders.id"), nullable=False)
    amount = Column(Integer)


def seed(session):
    session.add_all(Order(id=i) for i in range(1, 6))
    session.flush()
    session.add_all(Line(id=i, order_id=i % 4 + 1, amount=i) for i in range(1, 13))


inputs = [()]


def before(session: Session):
    lines = session.query(Line).order_by(Line.id).all()
    found = []
    with session.no_autoflush:
        for order in session.query(Order).order_by(Order.id).all():
            own = [line for line in lines if line.order_id == order.id]
            found.append(len(own))
            for line in own[1:]:
                line.order_id = order.id + 1
    session.rollback()
    return found


def naive(session: Session):
    lines = {}
    for line in session.query(Line).order_by(Line.id).all():
        lines.setdefault(line.order_id, []).append(line)
    found = []
    with session.no_autoflush:
        for order in session.query(Order).order_by(Order.id).all():
            own = lines.get(order.id, [])
            found.append(len(own))
            for line in own[1:]:
                line.order_id = order.id + 1
    session.rollback()
    return found


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
