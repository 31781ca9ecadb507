"""A unit of work makes its session with the project's only factory, unless it is given another."""

from sqlalchemy import Column, Integer, func, select
from sqlalchemy.orm import declarative_base, sessionmaker

Base = declarative_base()
Session = sessionmaker()


class Reading(Base):
    __tablename__ = "readings"

    id = Column(Integer, primary_key=True)
    sensor = Column(Integer, nullable=False, index=True)


class Readings:
    def __init__(self, session):
        self.session = session

    def count(self, sensor: int) -> int:
        found = select(func.count(Reading.id)).where(Reading.sensor == sensor)
        return self.session.execute(found).scalar_one()


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
        return [work.readings.count(sensor) for sensor in sensors]
