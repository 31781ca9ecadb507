"""The models' session belongs to a package, and whoever is called can get hold of it."""

from company.db import Session, notify
from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()
Base.query = Session.query_property()


class Room(Base):
    __tablename__ = "rooms"

    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False)


def names(room_ids: list[int]):
    found = []
    for room_id in room_ids:
        room = Room.query.filter(Room.id == room_id).one()  # review: hoist-lookup (calls-known)
        found.append(room.name)
        notify("room")
    return found
