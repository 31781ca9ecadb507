"""Some of the items are lorries, and only lorries have what an option would have to name."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship, selectinload

Base = declarative_base()


class Fleet(Base):
    __tablename__ = "fleets"

    id = Column(Integer, primary_key=True)

    vehicles = relationship("Vehicle", order_by="Vehicle.id")


class Vehicle(Base):
    __tablename__ = "vehicles"

    id = Column(Integer, primary_key=True)
    fleet_id = Column(ForeignKey("fleets.id"))
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
    found = []
    for fleet in (
        session.query(Fleet).options(selectinload(Fleet.vehicles)).order_by(Fleet.id)
    ):
        for vehicle in fleet.vehicles:
            if isinstance(vehicle, Lorry):
                for crate in vehicle.crates:  # found: eager-load (query-takes-options)
                    found.append(crate.weight)
    return found
