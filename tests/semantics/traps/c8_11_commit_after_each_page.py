"""The loop commits each page, which ends the cursor that a stream reads from."""

from datetime import datetime, timedelta

from sqlalchemy import Column, DateTime, Integer
from sqlalchemy.orm import Session, declarative_base

TRAP = {
    "codemod": 8,
    "title": "offset() and limit() per page with a commit: a stream loses its cursor, and rows expire",
    "verdict": "refuse",
    "differs": "exception",
    "same_on": ["sqlite"],
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


inputs = [(4,)]


def before(session: Session, size: int):
    found = []
    start = 0
    query = session.query(Signup).order_by(Signup.id)
    while True:
        rows = query.offset(start).limit(size).all()
        if not rows:
            break
        for row in rows:
            found.append(row.id)
            row.rank += 1
        session.commit()
        start += size
    return found


def naive(session: Session, size: int):
    found = []
    query = session.query(Signup).order_by(Signup.id)
    for number, row in enumerate(query.yield_per(size), 1):
        found.append(row.id)
        row.rank += 1
        if number % size == 0:
            session.commit()
    return found


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
