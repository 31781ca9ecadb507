"""What a window finds is moved into the next one."""

from datetime import datetime, timedelta

from sqlalchemy import Column, DateTime, Integer
from sqlalchemy.orm import Session, declarative_base

TRAP = {
    "codemod": 8,
    "title": "rows per week that the loop changes: the next window finds them",
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


inputs = [(datetime(2024, 1, 1), 3)]


def before(session: Session, start: datetime, weeks: int):
    series = []
    for _ in range(weeks):
        end = start + timedelta(days=4)
        query = session.query(Signup).filter(Signup.created_at >= start, Signup.created_at < end)
        rows = query.order_by(Signup.id).all()
        series.append(len(rows))
        for row in rows:
            row.created_at = end
        start = end
    return series


def naive(session: Session, start: datetime, weeks: int):
    moments = [(row.created_at, row) for row in session.query(Signup).order_by(Signup.id)]
    series = []
    for _ in range(weeks):
        end = start + timedelta(days=4)
        rows = [row for moment, row in moments if start <= moment < end]
        series.append(len(rows))
        for row in rows:
            row.created_at = end
        start = end
    return series


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
