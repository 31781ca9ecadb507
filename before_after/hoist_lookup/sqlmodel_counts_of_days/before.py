"""SQLModel: the count of each day of a calendar, which is reckoned from its first one."""

from datetime import date, timedelta
from typing import Optional

from sqlalchemy.orm import registry
from sqlmodel import Field, Session, SQLModel, func, select


class Base(SQLModel, registry=registry()):
    pass


class Visit(Base, table=True):
    __tablename__ = "visits"

    id: Optional[int] = Field(default=None, primary_key=True)
    day: date = Field(index=True)


def visits(session: Session, first: date, days: int) -> list[tuple[str, int]]:
    found = []
    for number in range(days):
        day = first + timedelta(days=number)
        count = session.exec(select(func.count(Visit.id)).where(Visit.day == day)).one()
        found.append((day.isoformat(), count))
    return found
