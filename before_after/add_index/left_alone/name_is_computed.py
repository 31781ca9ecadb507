"""Tables whose names are computed: the models get their indexes, and a migration cannot name them."""

from naming import table_name
from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import as_declarative, declared_attr


@as_declarative()
class Base:
    @declared_attr
    def __tablename__(cls):
        return table_name(cls.__name__)


class Room(Base):
    id = Column(Integer, primary_key=True)


class Door(Base):
    id = Column(Integer, primary_key=True)
    room_id = Column(ForeignKey("room.id"))  # review: add-index (migrated)
    colour = Column(String(20))
    height = Column(Integer)  # review: add-index (migrated)
    width = Column(Integer)


def upgrade(op):
    op.create_index("ix_colour", "doors", ["colour"])


def asked(session, one, two):
    return [
        session.query(Door).filter(Door.colour == one).all(),
        session.query(Door).filter(Door.height == one, Door.width == two).all(),
    ]
