"""The last readings of the sensors of a building, found in the whole history of each."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship


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
    for sensor in sensors:
        readings = sensor.readings
        if not readings:
            continue
        last = max(readings, key=lambda reading: reading.taken_at)
        high = 0
        for reading in readings:
            if reading.taken_at < since:
                continue
            high = max(high, reading.value)
        latest = sorted(readings, key=lambda reading: reading.taken_at, reverse=True)[:3]
        rows.append((sensor.name, last.value, high, [reading.value for reading in latest]))
    return rows
