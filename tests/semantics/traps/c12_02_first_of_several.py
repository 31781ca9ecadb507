"""next() takes the first row of a key, a dict keeps the last."""

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import Session, declarative_base

TRAP = {
    "codemod": 12,
    "title": "next((l for l in lines if l.order_id == o.id), None): setdefault, not a comprehension",
    "verdict": "care",
    "differs": "result",
    "no_gain": True,
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
    for order in session.query(Order).order_by(Order.id).all():
        first = next((line for line in lines if line.order_id == order.id), None)
        found.append(first.amount if first else None)
    return found


def naive(session: Session):
    lines = {line.order_id: line for line in session.query(Line).order_by(Line.id).all()}
    found = []
    for order in session.query(Order).order_by(Order.id).all():
        first = lines.get(order.id)
        found.append(first.amount if first else None)
    return found


def correct(session: Session):
    lines = {}
    for line in session.query(Line).order_by(Line.id).all():
        lines.setdefault(line.order_id, line)
    found = []
    for order in session.query(Order).order_by(Order.id).all():
        first = lines.get(order.id)
        found.append(first.amount if first else None)
    return found


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
