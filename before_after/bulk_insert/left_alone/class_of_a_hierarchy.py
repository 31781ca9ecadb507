"""The kind of a row comes from the class, which says it for one row and not for many."""

from sqlalchemy import Column, Integer, String, insert
from sqlalchemy.orm import Session

from shop.models import Base


class Staff(Base):
    __tablename__ = "staff"

    id = Column(Integer, primary_key=True)
    kind = Column(String(20), nullable=False)
    name = Column(String(50), nullable=False)

    __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "staff"}


class Driver(Staff):
    __mapper_args__ = {"polymorphic_identity": "driver"}


def hire(session: Session, names: list[str]):
    for name in names:
        session.execute(insert(Driver).values(name=name))  # found: bulk-insert (one-table)
