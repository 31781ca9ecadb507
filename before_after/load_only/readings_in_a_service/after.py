"""A service returns rows of which its callers read one column of nine."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, load_only, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Station(Base):
    __tablename__ = "stations"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50))


class Reading(Base):
    __tablename__ = "readings"

    id: Mapped[int] = mapped_column(primary_key=True)
    station_id: Mapped[int] = mapped_column(ForeignKey("stations.id"))
    taken_at: Mapped[datetime]
    celsius: Mapped[float]
    humidity: Mapped[float]
    pressure: Mapped[float]
    wind: Mapped[float]
    gusts: Mapped[float]
    comment: Mapped[str] = mapped_column(String(200))

    station: Mapped[Station] = relationship()


class Readings:
    def __init__(self, session: Session) -> None:
        self.session = session

    def all(self) -> list[Reading]:
        return list(
            self.session.scalars(
                select(Reading).options(load_only(Reading.celsius)).order_by(Reading.id)
            ).all()
        )


def warmest(session: Session) -> float:
    return max((reading.celsius for reading in Readings(session).all()), default=0.0)


def mean(session: Session) -> float:
    total = 0.0
    readings = Readings(session).all()
    for reading in readings:
        total += reading.celsius
    return total / len(readings) if readings else 0.0
