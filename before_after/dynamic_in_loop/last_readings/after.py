"""The last readings of each sensor, in the order that the relationship is declared with."""

from sqlalchemy import Column, ForeignKey, Integer, String, func, select
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


def _chunks(keys, size=500):
    """Lists of at most `size` different keys."""
    different = list(dict.fromkeys(keys))
    for start in range(0, len(different), size):
        yield different[start : start + size]


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
        readings = {}
        for sensor_ids in _chunks(sensor.id for sensor in sensors):
            ranked = (
                self.session.query(
                    Reading.id,
                    func.row_number()
                    .over(
                        partition_by=Reading.sensor_id, order_by=[Reading.minute.desc(), Reading.id]
                    )
                    .label("position"),
                )
                .filter(Reading.sensor_id.in_(sensor_ids))
                .filter(Reading.value.isnot(None))
                .subquery()
            )
            for last in (
                self.session.query(Reading)
                .join(ranked, Reading.id == ranked.c.id)
                .filter(ranked.c.position == 1)
            ):
                readings[last.sensor_id] = last
        readings_by_sensor_id = {}
        for sensor_ids in _chunks(sensor.id for sensor in sensors):
            ranked_readings = (
                self.session.query(
                    Reading.id,
                    func.row_number()
                    .over(
                        partition_by=Reading.sensor_id, order_by=[Reading.minute.desc(), Reading.id]
                    )
                    .label("position"),
                )
                .filter(Reading.sensor_id.in_(sensor_ids))
                .subquery()
            )
            for row in (
                self.session.query(Reading)
                .join(ranked_readings, Reading.id == ranked_readings.c.id)
                .filter(ranked_readings.c.position <= 2)
                .order_by(ranked_readings.c.position)
            ):
                readings_by_sensor_id.setdefault(row.sensor_id, []).append(row)
        for sensor in sensors:
            last = readings.get(sensor.id)
            latest = readings_by_sensor_id.get(sensor.id, [])
            if last is None:
                continue
            rows.append((sensor.name, last.value, [reading.minute for reading in latest]))
        return rows
