"""SQLModel: `session.exec()`, and a first row's only column."""

from typing import Optional

from sqlalchemy import case
from sqlalchemy.orm import registry
from sqlmodel import Field, Session, SQLModel, func, select


class Base(SQLModel, registry=registry()):
    pass


class Hero(Base, table=True):
    __tablename__ = "hero"

    id: Optional[int] = Field(default=None, primary_key=True)
    age: Optional[int] = None
    retired: bool = False


def ages(session: Session) -> tuple[int, int, int | None]:
    known, retired, oldest = session.exec(
        select(
            func.count(case((Hero.age != 3, 1))),
            func.count(case((Hero.retired, 1))),
            func.max(Hero.age),
        )
    ).one()
    return known, retired, oldest
