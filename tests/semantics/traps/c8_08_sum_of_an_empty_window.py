"""A sum of no rows is None in SQL, and 0 in Python."""

from datetime import datetime, timedelta

from sqlalchemy import Column, DateTime, Integer, func
from sqlalchemy.orm import Session, declarative_base

TRAP = {
    "codemod": 8,
    "title": "func.sum() per week: None for a week without rows",
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


inputs = [(datetime(2024, 1, 1), 4)]


def before(session: Session, start: datetime, weeks: int):
    series = []
    for _ in range(weeks):
        end = start + timedelta(days=7)
        query = session.query(func.sum(Signup.rank))
        query = query.filter(Signup.created_at >= start, Signup.created_at < end)
        series.append(query.scalar())
        start = end
    return series


def naive(session: Session, start: datetime, weeks: int):
    rows = session.query(Signup.created_at, Signup.rank).all()
    series = []
    for _ in range(weeks):
        end = start + timedelta(days=7)
        series.append(sum(row.rank for row in rows if start <= row.created_at < end))
        start = end
    return series


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
