"""Two columns together, where the class does not write out the arguments of its table."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table
from sqlalchemy.orm import declarative_base, declared_attr

Base = declarative_base()
OPTIONS = ({"sqlite_autoincrement": True},)


class InSchema:
    @declared_attr
    def __table_args__(cls):
        return ({"comment": cls.__name__},)


class Room(InSchema, Base):
    __tablename__ = "rooms"

    id = Column(Integer, primary_key=True)
    floor = Column(Integer)  # found: add-index (table-arguments)
    number = Column(Integer)


class Lift(Base):
    __tablename__ = "lifts"
    __table_args__ = OPTIONS

    id = Column(Integer, primary_key=True)
    house = Column(Integer)  # found: add-index (table-arguments)
    number = Column(Integer)


class Door(Base):  # found: add-index (table-arguments)
    __table__ = Table(
        "doors",
        Base.metadata,
        Column("id", Integer, primary_key=True),
        Column("room_id", ForeignKey("rooms.id")),
        Column("colour", String(20), index=True),
    )


class Machine(Base):
    __tablename__ = "machines"

    id = Column(Integer, primary_key=True)
    kind = Column(String(20))

    __mapper_args__ = {"polymorphic_on": kind, "polymorphic_identity": "machine"}


class Pump(Machine):
    litres = Column(Integer)  # found: add-index (table-arguments)
    bars = Column(Integer)

    __mapper_args__ = {"polymorphic_identity": "pump"}


def asked(session, one, two):
    return [
        session.query(Pump).filter(Pump.litres == one, Pump.bars == two).all(),
        session.query(Room).filter(Room.floor == one, Room.number == two).all(),
        session.query(Lift).filter_by(house=one, number=two).all(),
    ]
