"""A key that is compared only may be a list, of which no dict can have one."""

from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import Session, declarative_base

TRAP = {
    "codemod": 12,
    "title": "[l for l in lines if l.order_id == key] for keys of any kind: a list is equal to nothing, and no key",
    "verdict": "review",
    "differs": "exception",
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
    return [len([line for line in lines if line.order_id == key]) for key in wanted()]


def naive(session: Session):
    lines = {}
    for line in session.query(Line).order_by(Line.id).all():
        lines.setdefault(line.order_id, []).append(line)
    return [len(lines.get(key, [])) for key in wanted()]


def wanted():
    return [1, [2], 3]


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
