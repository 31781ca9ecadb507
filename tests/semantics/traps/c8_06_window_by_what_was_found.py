"""A window begins where the last row of the one before it is."""

from datetime import datetime, timedelta

from sqlalchemy import Column, DateTime, Integer
from sqlalchemy.orm import Session, declarative_base

TRAP = {
    "codemod": 8,
    "title": "while True: rows after the last one that was found: windows that no fixed steps give",
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


inputs = [(datetime(2024, 1, 1),)]


def before(session: Session, start: datetime):
    series = []
    while True:
        end = start + timedelta(days=4)
        query = session.query(Signup).filter(Signup.created_at >= start, Signup.created_at < end)
        rows = query.order_by(Signup.id).all()
        if not rows:
            return series
        series.append(len(rows))
        start = rows[-1].created_at + timedelta(days=2)


def naive(session: Session, start: datetime):
    moments = [moment for moment, in session.query(Signup.created_at)]
    series = []
    while start <= max(moments):
        end = start + timedelta(days=4)
        series.append(sum(1 for moment in moments if start <= moment < end))
        start = end
    return series


if __name__ == "__main__":
    import run_traps

    run_traps.main([__file__])
