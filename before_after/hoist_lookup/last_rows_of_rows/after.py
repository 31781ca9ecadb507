"""Methods of the rows look for their last row of another table, or for a column of it."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Optional

from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


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

    def last_reading(self, session: Session) -> Optional["Reading"]:
        return session.scalars(
            select(Reading)
            .where(Reading.sensor_id == self.id, Reading.valid.is_(True))
            .order_by(Reading.taken_on.desc(), Reading.id.desc())
            .limit(1)
        ).first()

    def first_value(self, session: Session) -> Optional[int]:
        return session.scalar(
            select(Reading.value)
            .where(Reading.sensor_id == self.id)
            .order_by(Reading.taken_on, Reading.id)
            .limit(1)
        )


class Reading(Base):
    __tablename__ = "readings"

    id: Mapped[int] = mapped_column(primary_key=True)
    sensor_id: Mapped[int] = mapped_column(ForeignKey("sensors.id"))
    taken_on: Mapped[date]
    value: Mapped[Optional[int]]
    valid: Mapped[bool] = mapped_column(default=True)


def board(session: Session) -> dict[str, tuple[date, Optional[int]]]:
    lines = {}
    sensors = session.scalars(select(Sensor).order_by(Sensor.id)).all()
    readings: dict[int, Reading] = {}
    for sensor_ids in _chunks(sensor.id for sensor in sensors):
        ranked = (
            select(
                Reading.id,
                func.row_number()
                .over(
                    partition_by=Reading.sensor_id,
                    order_by=[Reading.taken_on.desc(), Reading.id.desc()],
                )
                .label("position"),
            )
            .where(Reading.sensor_id.in_(sensor_ids), Reading.valid.is_(True))
            .subquery()
        )
        for row in session.scalars(
            select(Reading).join(ranked, Reading.id == ranked.c.id).where(ranked.c.position == 1)
        ):
            readings[row.sensor_id] = row
    for sensor in sensors:
        reading = readings.get(sensor.id)
        # a sensor that was never read has no line
        if reading is not None:
            lines[sensor.name] = (reading.taken_on, reading.value)
    return lines


def first_values(session: Session) -> list[Optional[int]]:
    sensors = session.scalars(select(Sensor).order_by(Sensor.name, Sensor.id)).all()
    values: dict[int, int | None] = {}
    for sensor_ids in _chunks(sensor.id for sensor in sensors):
        ranked = (
            select(
                Reading.value,
                Reading.sensor_id,
                func.row_number()
                .over(partition_by=Reading.sensor_id, order_by=[Reading.taken_on, Reading.id])
                .label("position"),
            )
            .where(Reading.sensor_id.in_(sensor_ids))
            .subquery()
        )
        for reading in session.execute(
            select(ranked.c.value, ranked.c.sensor_id).where(ranked.c.position == 1)
        ):
            values[reading.sensor_id] = reading.value
    return [values.get(sensor.id) for sensor in sensors]
