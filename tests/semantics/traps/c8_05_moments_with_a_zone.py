"""The column has time zones; what SQLite gives has none."""

from datetime import datetime, timedelta, timezone

from sqlalchemy import Column, DateTime, Integer
from sqlalchemy.orm import Session, declarative_base

TRAP = {
    "codemod": 8,
    "title": "created_at <= end with DateTime(timezone=True): SQLite gives moments without a zone, TypeError",
    "verdict": "refuse",
    "differs": "exception",
    "same_on": ["postgresql"],
}

Base = declarative_base()


class Signup(Base):
    __tablename__ = "signup"
    id = Column(Integer, primary_key=True)
    created_at = Column(DateTime(timezone=True), nullable=False)
    rank = Column(Integer, nullable=False)


def seed(session):
    for i in range(1, 16):
        session.add(Signup(id=i, created_at=datetime(2024, 1, i, tzinfo=timezone.utc), rank=i % 4))


inputs = [(datetime(2024, 1, 7, tzinfo=timezone.utc), 2)]


def before(session: Session, end: datetime, weeks: int):
    series = []
    for _ in range(weeks):
        series.append(session.query(Signup).filter(Signup.created_at <= end).count())
        end += timedelta(days=7)
    return series


def naive(session: Session, end: datetime, weeks: int):
    moments = [moment for moment, in session.query(Signup.created_at)]
    series = []
    for _ in range(weeks):
        series.append(sum(1 for moment in moments if moment <= end))
        end += timedelta(days=7)
    return series


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
