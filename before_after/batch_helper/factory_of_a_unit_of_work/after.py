"""A unit of work makes its session with the project's only factory, unless it is given another."""

from collections.abc import Iterable, Iterator
from typing import Any, Optional

from sqlalchemy import Column, Integer, func, select
from sqlalchemy.orm import declarative_base, sessionmaker

Base = declarative_base()
Session = sessionmaker()


def _chunks(keys: Iterable[Any], size: int = 500) -> Iterator[list[Any]]:
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


class Reading(Base):
    __tablename__ = "readings"

    id = Column(Integer, primary_key=True)
    sensor = Column(Integer, nullable=False, index=True)


class Readings:
    def __init__(self, session):
        self.session = session

    def reading_counts_by_sensor(self, sensors: Iterable[int]) -> dict[int, int]:
        """Fetch what count() looks up for all of these sensors."""
        reading_counts: dict[int, int] = {}
        for chunk in _chunks(sensors):
            for sensor, count in self.session.execute(
                select(Reading.sensor, func.count(Reading.id))
                .where(Reading.sensor.in_(chunk))
                .group_by(Reading.sensor)
            ):
                reading_counts[sensor] = count
        return reading_counts

    def count(self, sensor: int, *, reading_counts: Optional[dict[int, int]] = None) -> int:
        if reading_counts is None:
            reading_counts = self.reading_counts_by_sensor([sensor])
        return reading_counts.get(sensor, 0)


class UnitOfWork:
    def __init__(self, make_session=Session):
        self.make_session = make_session

    def __enter__(self):
        self.session = self.make_session()
        self.readings = Readings(self.session)
        return self

    def __exit__(self, kind, error, trace):
        self.session.rollback()


def counts(sensors: list[int], work: UnitOfWork) -> list[int]:
    with work:
        reading_counts = work.readings.reading_counts_by_sensor(sensors)
        return [work.readings.count(sensor, reading_counts=reading_counts) for sensor in sensors]
