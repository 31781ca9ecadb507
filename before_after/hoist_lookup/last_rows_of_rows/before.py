"""Methods of the rows look for their last row of another table, or for a column of it."""

from datetime import date
from typing import Optional

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


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
    for sensor in session.scalars(select(Sensor).order_by(Sensor.id)).all():
        reading = sensor.last_reading(session)
        # a sensor that was never read has no line
        if reading is not None:
            lines[sensor.name] = (reading.taken_on, reading.value)
    return lines


def first_values(session: Session) -> list[Optional[int]]:
    sensors = session.scalars(select(Sensor).order_by(Sensor.name, Sensor.id)).all()
    return [sensor.first_value(session) for sensor in sensors]
