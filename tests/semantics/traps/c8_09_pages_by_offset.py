"""Pages by OFFSET, and the key of the last row instead."""

from datetime import datetime, timedelta

from sqlalchemy import Column, DateTime, Integer
from sqlalchemy.orm import Session, declarative_base

TRAP = {
    "codemod": 8,
    "title": "offset() and limit() per page: the page after the last row needs an order without equals",
    "verdict": "care",
    "differs": "result",
}

Base = declarative_base()


class Signup(Base):
    __tablename__ = "signup"
    id = Column(Integer, primary_key=True)
    created_at = Column(DateTime, nullable=False)
    rank = Column(Integer, nullable=False)


def seed(session):
    for i in range(1, 16):
        session.add(Signup(id=i, created_at=datetime(2024, 1, i), rank=i % 4))


inputs = [(4,), (100,)]


def before(session: Session, size: int):
    found = []
    start = 0
    query = session.query(Signup).order_by(Signup.rank, Signup.id)
    while True:
        rows = query.offset(start).limit(size).all()
        if not rows:
            break
        for row in rows:
            found.append((row.rank, row.id))
        start += size
    return found


def naive(session: Session, size: int):
    found = []
    last = -1
    query = session.query(Signup).order_by(Signup.rank, Signup.id)
    while True:
        rows = query.filter(Signup.rank > last).limit(size).all()
        if not rows:
            break
        for row in rows:
            found.append((row.rank, row.id))
        last = rows[-1].rank
    return found


def correct(session: Session, size: int):
    found = []
    query = session.query(Signup).order_by(Signup.rank, Signup.id)
    for row in query.yield_per(size):
        found.append((row.rank, row.id))
    return found


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
