"""The items are put into the collection by hand, since reading it raises: no option goes that way."""

from sqlalchemy import Column, ForeignKey, Integer, String
from sqlalchemy.orm import declarative_base, relationship
from sqlalchemy.orm.attributes import set_committed_value

Base = declarative_base()


class Room(Base):
    __tablename__ = "rooms"

    id = Column(Integer, primary_key=True)
    name = Column(String(50), nullable=False)


class Booking(Base):
    __tablename__ = "bookings"

    id = Column(Integer, primary_key=True)
    room_id = Column(ForeignKey("rooms.id"), nullable=False)
    guest_id = Column(ForeignKey("guests.id"), nullable=False)
    nights = Column(Integer, nullable=False)

    room = relationship(Room)


class Guest(Base):
    __tablename__ = "guests"

    id = Column(Integer, primary_key=True)

    long_stays = relationship(Booking, lazy="raise", viewonly=True)


def rooms(session, stays: dict[int, list[Booking]]):
    found = []
    for guest in session.query(Guest).order_by(Guest.id):
        set_committed_value(guest, "long_stays", stays.get(guest.id, []))
        found += [stay.room.name for stay in guest.long_stays]  # found: eager-load (loads-lazily)
    return found
