"""Each page is changed so that the query finds it no more, and OFFSET skips rows."""

from datetime import datetime, timedelta

from sqlalchemy import Column, DateTime, Integer
from sqlalchemy.orm import Session, declarative_base

TRAP = {
    "codemod": 8,
    "title": "offset() and limit() per page over rows that the loop takes out: every other page is left out",
    "verdict": "refuse",
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


inputs = [(3,)]


def before(session: Session, size: int):
    found = []
    start = 0
    query = session.query(Signup).filter(Signup.rank > 0).order_by(Signup.id)
    while True:
        rows = query.offset(start).limit(size).all()
        if not rows:
            break
        for row in rows:
            found.append(row.id)
            row.rank = 0
        start += size
    return found


def naive(session: Session, size: int):
    found = []
    query = session.query(Signup).filter(Signup.rank > 0).order_by(Signup.id)
    for row in query.yield_per(size):
        found.append(row.id)
        row.rank = 0
    return found


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
