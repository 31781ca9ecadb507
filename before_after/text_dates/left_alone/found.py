"""Columns of text that are compared with dates, or read as dates by the database."""

from datetime import date, datetime, timedelta

from sqlalchemy import Column, Date, Integer, String, Text, cast, func, select
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Bill(Base):
    __tablename__ = "bills"

    id = Column(Integer, primary_key=True)
    due = Column(String(10))  # found: text-dates
    paid = Column(String(30))  # found: text-dates
    sent = Column(Text)  # found: text-dates
    booked = Column(String(10))  # found: text-dates
    opened = Column(String(10))  # found: text-dates
    due_until = Column(String(10))  # found: text-dates
    number = Column(String(10))


def due(session):
    return session.query(Bill).filter(Bill.due <= date.today().isoformat()).all()


def paid_this_week(session, now: datetime):
    since = (now - timedelta(days=7)).strftime("%Y-%m-%d")
    return session.scalars(select(Bill).where(Bill.paid >= since)).all()


def sent_on(session, day: date):
    return session.query(Bill).filter(Bill.sent == day).all()


def booked_on(session, day):
    return session.query(Bill).filter(func.date(Bill.booked) == day).all()


def opened_before(session, day):
    return session.query(Bill).filter(cast(Bill.opened, Date) < day).all()


def numbered(session, day: date, number: str):
    return day.isoformat(), session.query(Bill).filter(Bill.number == number).all()


def due_in_winter(session):
    return session.query(Bill).filter(Bill.due_until < "2024-03-21").all()


def numbered_as_a_year(session):
    return session.scalars(select(Bill).where(Bill.number < "2024-03")).all()
