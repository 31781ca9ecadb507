"""SQLModel: the count of each day of a calendar, which is reckoned from its first one."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, Optional

from sqlalchemy.orm import registry
from sqlmodel import Field, Session, SQLModel, func, select


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Base(SQLModel, registry=registry()):
    pass


class Visit(Base, table=True):
    __tablename__ = "visits"

    id: Optional[int] = Field(default=None, primary_key=True)
    day: date = Field(index=True)


def visits(session: Session, first: date, days: int) -> list[tuple[str, int]]:
    found = []
    visit_counts: dict[date, int] = {}
    for chunk in _chunks(first + timedelta(days=number) for number in range(days)):
        for key, value in session.exec(
            select(Visit.day, func.count(Visit.id)).where(Visit.day.in_(chunk)).group_by(Visit.day)
        ):
            visit_counts[key] = value
    for number in range(days):
        day = first + timedelta(days=number)
        count = visit_counts.get(day, 0)
        found.append((day.isoformat(), count))
    return found
