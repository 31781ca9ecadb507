"""`Mapped[int]` says nothing of NULL where a `Column` stands behind it: the sum raises TypeError today."""

from sqlalchemy import Column, Integer
from sqlalchemy.orm import DeclarativeBase, Mapped, deferred, mapped_column

from shop.db import SessionLocal


class Base(DeclarativeBase):
    pass


class Task(Base):
    __tablename__ = "tasks"

    id: Mapped[int] = Column(Integer, primary_key=True)
    seconds: Mapped[int] = Column(Integer)
    waited: Mapped[int] = deferred(mapped_column())


def seconds():
    with SessionLocal() as session:
        return sum(task.seconds for task in session.query(Task))  # found: aggregate-in-database


def waited():
    with SessionLocal() as session:
        return sum(task.waited for task in session.query(Task))  # found: aggregate-in-database
