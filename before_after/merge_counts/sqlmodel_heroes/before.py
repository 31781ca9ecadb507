"""SQLModel: `session.exec()`, and a first row's only column."""

from typing import Optional

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
    known = session.exec(select(func.count(Hero.id)).where(Hero.age != 3)).one()
    retired = session.exec(select(func.count(Hero.id)).where(Hero.retired)).one()
    oldest = session.exec(select(func.max(Hero.age))).first()
    return known, retired, oldest
