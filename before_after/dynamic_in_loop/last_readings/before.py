"""The last readings of each sensor, in the order that the relationship is declared with."""

from sqlalchemy import Column, ForeignKey, Integer, String, select
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Sensor(Base):
    __tablename__ = "sensors"

    id = Column(Integer, primary_key=True)
    name = Column(String(20), nullable=False)

    readings = relationship(
        "Reading", back_populates="sensor", lazy="dynamic", order_by="Reading.minute.desc()"
    )


class Reading(Base):
    __tablename__ = "readings"

    id = Column(Integer, primary_key=True)
    sensor_id = Column(ForeignKey("sensors.id"))
    minute = Column(Integer, nullable=False)
    value = Column(Integer)

    sensor = relationship("Sensor", back_populates="readings")


class Board:
    def __init__(self, session):
        self.session = session

    def rows(self):
        sensors = self.session.execute(select(Sensor).order_by(Sensor.name)).scalars().all()
        rows = []
        for sensor in sensors:
            last = sensor.readings.filter(Reading.value.isnot(None)).first()
            latest = sensor.readings.limit(2).all()
            if last is None:
                continue
            rows.append((sensor.name, last.value, [reading.minute for reading in latest]))
        return rows
