"""The last readings of the sensors of a building, found in the whole history of each."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Base(DeclarativeBase):
    pass


class Sensor(Base):
    __tablename__ = "sensors"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(20))
    building: Mapped[str] = mapped_column(String(20))

    readings: Mapped[list["Reading"]] = relationship(back_populates="sensor", order_by="Reading.id")


class Reading(Base):
    __tablename__ = "readings"

    id: Mapped[int] = mapped_column(primary_key=True)
    sensor_id: Mapped[int] = mapped_column(ForeignKey("sensors.id"), index=True)
    taken_at: Mapped[datetime]
    value: Mapped[int]

    sensor: Mapped[Sensor] = relationship(back_populates="readings")


def board(
    session: Session, building: str, since: datetime
) -> list[tuple[str, int, int, list[int]]]:
    sensors = session.scalars(
        select(Sensor).where(Sensor.building == building).order_by(Sensor.name)
    ).all()
    rows = []
    last_readings: dict[int, Reading] = {}
    for sensor_ids in _chunks(sensor.id for sensor in sensors):
        ranked = (
            select(
                Reading.id,
                func.row_number()
                .over(
                    partition_by=Reading.sensor_id, order_by=[Reading.taken_at.desc(), Reading.id]
                )
                .label("position"),
            )
            .where(Reading.sensor_id.in_(sensor_ids))
            .subquery()
        )
        for row in session.scalars(
            select(Reading).join(ranked, Reading.id == ranked.c.id).where(ranked.c.position == 1)
        ):
            last_readings[row.sensor_id] = row
    readings_by_sensor_id: dict[int, list[Reading]] = {}
    for sensor_ids in _chunks(sensor.id for sensor in sensors):
        for row in session.scalars(
            select(Reading)
            .where(Reading.sensor_id.in_(sensor_ids), Reading.taken_at >= since)
            .order_by(Reading.id)
        ):
            readings_by_sensor_id.setdefault(row.sensor_id, []).append(row)
    last_readings_by_sensor_id: dict[int, list[Reading]] = {}
    for sensor_ids in _chunks(sensor.id for sensor in sensors):
        ranked = (
            select(
                Reading.id,
                func.row_number()
                .over(
                    partition_by=Reading.sensor_id, order_by=[Reading.taken_at.desc(), Reading.id]
                )
                .label("position"),
            )
            .where(Reading.sensor_id.in_(sensor_ids))
            .subquery()
        )
        for row in session.scalars(
            select(Reading)
            .join(ranked, Reading.id == ranked.c.id)
            .where(ranked.c.position <= 3)
            .order_by(ranked.c.position)
        ):
            last_readings_by_sensor_id.setdefault(row.sensor_id, []).append(row)
    for sensor in sensors:
        if sensor.id not in last_readings:
            continue
        last = last_readings[sensor.id]
        high = 0
        for reading in readings_by_sensor_id.get(sensor.id, []):
            if reading.taken_at < since:
                continue
            high = max(high, reading.value)
        latest = last_readings_by_sensor_id.get(sensor.id, [])
        rows.append((sensor.name, last.value, high, [reading.value for reading in latest]))
    return rows
