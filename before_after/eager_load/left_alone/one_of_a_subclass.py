"""What a relationship of a subclass takes is two statements, and may be one today."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship

Base = declarative_base()


class Vehicle(Base):
    __tablename__ = "vehicles"

    id = Column(Integer, primary_key=True)
    kind = Column(String(10))
    __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "vehicle"}


class Lorry(Vehicle):
    __mapper_args__ = {"polymorphic_identity": "lorry"}

    crates = relationship("Crate", order_by="Crate.id")


class Crate(Base):
    __tablename__ = "crates"

    id = Column(Integer, primary_key=True)
    lorry_id = Column(ForeignKey("vehicles.id"))
    weight = Column(Integer, nullable=False)


def loads(session):
    vehicles = session.query(Vehicle).order_by(Vehicle.id)
    return [
        sum(crate.weight for crate in vehicle.crates)  # review: eager-load (saves-statements)
        for vehicle in vehicles
        if isinstance(vehicle, Lorry)
    ]
