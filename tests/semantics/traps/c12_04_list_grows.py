"""The list that is searched gets more rows in the loop."""

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import Session, declarative_base

TRAP = {
    "codemod": 12,
    "title": "lines.append(...) inside of the loop that searches lines",
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
    for order in session.query(Order).order_by(Order.id).all():
        own = [line for line in lines if line.order_id == order.id]
        found.append(sum(line.amount for line in own))
        lines.extend(line for line in own if line.amount > 5)
        found.append(len([line for line in lines if line.order_id == order.id]))
    return found


def naive(session: Session):
    lines = {}
    for line in session.query(Line).order_by(Line.id).all():
        lines.setdefault(line.order_id, []).append(line)
    found = []
    for order in session.query(Order).order_by(Order.id).all():
        own = lines.get(order.id, [])
        found.append(sum(line.amount for line in own))
        found.append(len(lines.get(order.id, [])))
    return found


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
