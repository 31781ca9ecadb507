"""An enumeration stored as text is compared with one of its names, which may be called a date."""

from datetime import date

from sqlalchemy import Column, Enum, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Report(Base):
    __tablename__ = "reports"

    id = Column(Integer, primary_key=True)
    month = Column(Enum("2025-01", "2025-02"))


def of_month(session, day: date):
    return session.query(Report).filter(Report.month == day.strftime("%Y-%m")).all()
