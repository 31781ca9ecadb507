"""SQLModel's session: what `exec()` gives of a SELECT that is made by SQLModel are rows."""

from typing import Optional

from sqlalchemy.orm import registry
from sqlmodel import Field, Relationship, Session, SQLModel, select


class Base(SQLModel, registry=registry()):
    pass


class Meter(Base, table=True):
    __tablename__ = "meters"

    id: Optional[int] = Field(default=None, primary_key=True)
    serial: str

    readings: list["Reading"] = Relationship(sa_relationship_kwargs={"order_by": "Reading.id"})


class Reading(Base, table=True):
    __tablename__ = "readings"

    id: Optional[int] = Field(default=None, primary_key=True)
    meter_id: int = Field(foreign_key="meters.id", index=True)
    value: int


def latest_values(session: Session) -> dict[str, int]:
    values = {}
    for meter in session.exec(select(Meter).order_by(Meter.id)).all():
        if meter.readings:
            values[meter.serial] = max(meter.readings, key=lambda reading: reading.id).value
    return values
