"""The rows of a key keep the order of the list; a key without rows has none."""

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import Session, declarative_base

TRAP = {
    "codemod": 12,
    "title": "[l for l in lines if l.order_id == o.id] per order: groups, with [] for the rest",
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
    orders = session.query(Order).order_by(Order.id).all()
    lines = session.query(Line).order_by(Line.id.desc()).all()
    return [
        (order.id, [line.amount for line in lines if line.order_id == order.id]) for order in orders
    ]


def naive(session: Session):
    orders = session.query(Order).order_by(Order.id).all()
    lines = {line.order_id: line for line in session.query(Line).order_by(Line.id.desc()).all()}
    return [(order.id, [lines[order.id].amount] if order.id in lines else []) for order in orders]


def correct(session: Session):
    orders = session.query(Order).order_by(Order.id).all()
    lines = {}
    for line in session.query(Line).order_by(Line.id.desc()).all():
        lines.setdefault(line.order_id, []).append(line)
    return [(order.id, [line.amount for line in lines.get(order.id, [])]) for order in orders]


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
