"""A row at the end of a window is in the next one, too."""

from datetime import datetime, timedelta

from sqlalchemy import Column, DateTime, Integer
from sqlalchemy.orm import Session, declarative_base

TRAP = {
    "codemod": 8,
    "title": "between(start, end) per week: the end belongs to both windows",
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


inputs = [(datetime(2024, 1, 1), 3), (datetime(2024, 1, 1), 0)]


def before(session: Session, start: datetime, weeks: int):
    series = []
    for _ in range(weeks):
        end = start + timedelta(days=7)
        series.append(session.query(Signup).filter(Signup.created_at.between(start, end)).count())
        start = end
    return series


def naive(session: Session, start: datetime, weeks: int):
    series = [0] * weeks
    for signup in session.query(Signup):
        week = (signup.created_at - start).days // 7
        if 0 <= week < weeks:
            series[week] += 1
    return series


def correct(session: Session, start: datetime, weeks: int):
    moments = [moment for moment, in session.query(Signup.created_at)] if weeks > 0 else []
    series = []
    for _ in range(weeks):
        end = start + timedelta(days=7)
        series.append(sum(1 for moment in moments if start <= moment <= end))
        start = end
    return series


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
