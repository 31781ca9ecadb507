"""What runs whenever a row is loaded tells when, and in which order, that is."""

from sqlalchemy import Column, ForeignKey, Integer, String, event
from sqlalchemy.orm import Session, declarative_base, reconstructor, relationship

Base = declarative_base()
loaded: list = []


class Ship(Base):
    __tablename__ = "ships"

    id = Column(Integer, primary_key=True)
    name = Column(String(20), nullable=False)

    @reconstructor
    def on_load(self):
        loaded.append(self.name)


class Port(Base):
    __tablename__ = "ports"

    id = Column(Integer, primary_key=True)
    name = Column(String(20), nullable=False)

    @reconstructor
    def on_load(self):
        """Nobody can tell when this is."""
        self.ships = []


class Voyage(Base):
    __tablename__ = "voyages"

    id = Column(Integer, primary_key=True)
    ship_id = Column(ForeignKey("ships.id"), nullable=False)
    port_id = Column(ForeignKey("ports.id"), nullable=False)

    ship = relationship(Ship)
    port = relationship(Port)


def ships(session: Session):
    for voyage in session.query(Voyage).order_by(Voyage.id):
        loaded.append(voyage.id)
        print(voyage.ship.name)  # review: eager-load (calls-known)


class Watched(Base):
    __abstract__ = True


class Cargo(Watched):
    __tablename__ = "cargo"

    id = Column(Integer, primary_key=True)
    name = Column(String(20), nullable=False)


class Crate(Base):
    __tablename__ = "crates"

    id = Column(Integer, primary_key=True)
    cargo_id = Column(ForeignKey("cargo.id"), nullable=False)

    cargo = relationship(Cargo)


@event.listens_for(Watched, "load", propagate=True)
def remember(row, context):
    loaded.append(row)


def cargo(session: Session):
    for crate in session.query(Crate).order_by(Crate.id):
        loaded.append(crate.id)
        print(crate.cargo.name)  # review: eager-load (calls-known)
