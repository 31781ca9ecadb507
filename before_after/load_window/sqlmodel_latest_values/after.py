"""SQLModel's session: what `exec()` gives of a SELECT that is made by SQLModel are rows."""

from collections.abc import Iterable, Iterator
from typing import Any, Optional

from sqlalchemy import func
from sqlalchemy.orm import registry
from sqlmodel import Field, Relationship, Session, SQLModel, select


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


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
    meters = session.exec(select(Meter).order_by(Meter.id)).all()
    last_readings: dict[int, Reading] = {}
    for meter_ids in _chunks(meter.id for meter in meters):
        ranked = (
            select(
                Reading.id,
                func.row_number()
                .over(partition_by=Reading.meter_id, order_by=Reading.id.desc())
                .label("position"),
            )
            .where(Reading.meter_id.in_(meter_ids))
            .subquery()
        )
        for row in session.exec(
            select(Reading).join(ranked, Reading.id == ranked.c.id).where(ranked.c.position == 1)
        ):
            last_readings[row.meter_id] = row
    for meter in meters:
        if meter.id in last_readings:
            values[meter.serial] = last_readings[meter.id].value
    return values
