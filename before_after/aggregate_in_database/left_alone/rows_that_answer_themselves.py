"""The rows themselves say what an attribute of theirs is."""

from sqlalchemy import Column, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Meter(Base):
    __tablename__ = "meters"

    id = Column(Integer, primary_key=True)
    value = Column(Integer, nullable=False)

    def __getattribute__(self, name):
        found = super().__getattribute__(name)
        return found - 1 if name == "value" else found


def total(session):
    return sum(meter.value for meter in session.query(Meter))  # found: aggregate-in-database
