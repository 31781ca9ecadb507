"""Dates as dates, types that read and write them, and texts that are none."""

from datetime import date, datetime

from sqlalchemy import Column, Date, DateTime, Integer, String, TypeDecorator, func
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Day(TypeDecorator):
    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value, dialect):
        return value.isoformat()


class Bill(Base):
    __tablename__ = "bills"

    id = Column(Integer, primary_key=True)
    due = Column(Day)
    paid = Column(DateTime)
    sent = Column(Date)
    stamp = Column(Integer)
    title = Column(String(50))


def asked(session, day: date, now: datetime, title):
    if title is None:
        title = day.isoformat()
    return [
        session.query(Bill).filter(Bill.due == day).all(),
        session.query(Bill).filter(func.date(Bill.paid) == day.isoformat()).all(),
        session.query(Bill).filter(Bill.sent == day).all(),
        session.query(Bill).filter(Bill.stamp > now.timestamp()).all(),
        session.query(Bill).filter(Bill.title == title).all(),
    ]
